// What is printed: a sheet of A4 for each row shown.

const MOST = 500;
const SIZES = [9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5];

function printView() {
  if (state.shown.length > MOST) {
    document.getElementById('shown').textContent = tooMany();
    return;
  }
  state.printing = true;
  drawApp();
  document.getElementById('print-now').focus();
}

const tooMany = () => say('too_many', { count: counted(state.shown.length), most: MOST });

function printingApp() {
  if (state.shown.length > MOST) return [draw('p', { class: 'too-many' }, tooMany())];
  return [
    draw('div', { class: 'tools screen' },
      draw('button', { type: 'button', id: 'print-now', click: () => window.print() }, say('print_again')),
      draw('button', { type: 'button', class: 'quiet', click: closePrint }, say('back')),
      draw('p', {}, say('pages', { count: counted(state.shown.length) }))),
    draw('main', { class: 'sheets', 'aria-label': say('title') }, state.shown.map(sheetOf)),
  ];
}

function closePrint() {
  state.printing = false;
  drawApp();
  document.getElementById('print').focus();
}

// Each sheet in the largest letters with which it fits.
function fitSheets() {
  const high = 268 * (96 / 25.4);
  for (const sheet of document.querySelectorAll('.sheet')) {
    for (const size of SIZES) {
      sheet.style.setProperty('font-size', `${size}pt`);
      if (sheet.scrollHeight <= high) break;
    }
  }
}

function sheetOf(row) {
  const data = state.data, whole = cellOf(data, row, ''), set = data.rows.criteria[row];
  return draw('article', { class: 'sheet', 'data-row': row },
    data.invented ? draw('p', { class: 'mark' }, say('invented')) : null,
    draw('header', {},
      draw('h2', {}, named(data.rows.name[row]), ` – ${say('year').toLowerCase()} ${data.rows.year[row]}`),
      draw('p', { class: 'of' }, wholeTitle(row)),
      set < 0 ? null : data.sets[set].opening.slice(1, 2).map((pair) => draw('p', { class: 'source' }, told(pair))),
      draw('p', { class: 'outcome' }, `${say('verdict')}: `, badge(whole.verdict, whole.attested))),
    lineList(ofSections(linesOf(data, whole, state.language), 'TIME', 'PUBLISHED', 'ATTESTED', 'PROBLEM')),
    set < 0 ? null : draw('table', {},
      draw('thead', {}, draw('tr', {}, ['clause', 'verdict', 'grounds'].map((key) =>
        draw('th', { scope: 'col' }, say(key))))),
      draw('tbody', {}, data.sets[set].members.map((member) => sheetRow(row, member)))),
    lacking(whole.missing),
    draw('div', { class: 'signatures' }, ['prepared', 'confirmed'].map((key) => draw('div', {},
      draw('strong', {}, say(key)), draw('span', {}, say('signature'))))),
    draw('footer', {}, say('printed_by', { version: data.version, set: set < 0 ? '–' : data.sets[set].id }),
      data.receipt ? ['. ', receiptLine()] : null));
}

function sheetRow(row, member) {
  const cell = cellOf(state.data, row, member.path), depth = member.path.split('/').length - 1;
  const lines = linesOf(state.data, cell, state.language);
  return draw('tr', { class: member.how ? 'group' : 'clause' },
    draw('th', { scope: 'row', class: `deep-${Math.min(depth, 4)}` }, told(member.title),
      member.cite.map((pair) => [' ', draw('span', { class: 'source' }, `[${told(pair)}]`)])),
    draw('td', {}, badge(cell.verdict, cell.attested)),
    draw('td', {}, lineList(onPaper(lines))));
}

// Of an open clause what it waits for, of any other what decided it.
function onPaper(lines) {
  const waiting = ofSections(lines, 'WAITING');
  return [...ofSections(lines, 'APPLIES', ...(waiting.length ? [] : ['RULE']), 'MONTHS', 'BASES', 'ATTESTED'), ...waiting];
}

function ofSections(lines, ...names) {
  const wanted = names.map((name) => state.data.numbered[name]);
  return lines.filter(({ section: of }) => wanted.includes(of));
}

// What is missing, by who has it.
function lacking(missing) {
  return bySupplier(missing).map(([supplier, figures]) => draw('p', { class: 'lacking' },
    draw('strong', {}, say('missing_of', { supplier })), ` – ${figures.join('; ')}`));
}
