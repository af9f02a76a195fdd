// Tables with search and filters, one shown at a time, and as many of its rows as are asked for.

const FIRST = 200;
const chosen = { table: 0, text: '', by: new Map(), most: FIRST };

const textOf = (number) => {
  const text = state.data.texts[number];
  return typeof text === 'string' ? text : text[state.language];
};
const colourOf = (number) => (typeof state.data.texts[number] === 'string' ? -1 : state.data.texts[number][2]);
const table = () => state.data.tables[chosen.table];

// What a cell is chosen by: its text by number, which is the same in both languages; of members in charge each name.
const keysIn = (column, number) => (column.name === 'members' ? textOf(number).split(', ') : [number]);
const labelOf = (key) => (typeof key === 'string' ? key : textOf(key)) || `(${say('none')})`;

function rowsShown() {
  const wanted = folded(chosen.text), { columns, rows } = table();
  return rows.filter((row) => [...chosen.by].every(([place, key]) => keysIn(columns[place], row[place]).includes(key))
    && (!wanted || row.some((number) => folded(textOf(number)).includes(wanted))));
}

function drawApp() {
  const app = document.getElementById('app'), root = document.documentElement, data = state.data;
  root.lang = state.language === 0 ? 'vi' : 'en';
  root.dataset.theme = state.theme;
  document.title = told(data.title);
  app.replaceChildren(
    draw('a', { class: 'skip', href: '#table' }, say('skip')),
    ...(data.invented ? [draw('p', { class: 'mark', role: 'note' }, say('invented'))] : []),
    draw('header', { class: 'top' }, draw('h1', {}, told(data.title)), toolBar()),
    draw('main', {}, setList(data.sets), draw('ul', { class: 'findings' }, told(data.findings).map((line) => draw('li', {}, line))),
      ...(data.tables.length ? [tabs(), filterBar(),
        draw('div', { class: 'account-of-rows' }, draw('h2', {}, [told(table().title), ...table().same.map(textOf)].join(' · ')),
          draw('p', { id: 'shown', role: 'status', 'aria-live': 'polite' }), draw('ul', { id: 'counts' })),
        draw('div', { id: 'table' })] : [draw('p', {}, say('nothing'))]),
      draw('p', { class: 'help' }, say('made_with', { version: data.version }), data.receipt ? ['. ', receiptLine()] : null)));
  if (data.tables.length) drawTable();
}

function tabs() {
  return draw('nav', { class: 'tabs', 'aria-label': say('tables') }, state.data.tables.map((one, number) =>
    draw('button', { type: 'button', id: `tab-${number}`, 'aria-current': number === chosen.table ? 'true' : null,
      click: () => { Object.assign(chosen, { table: number, text: '', by: new Map(), most: FIRST }); again(`tab-${number}`); } },
    `${told(one.title)} (${counted(one.rows.length)})`)));
}

function again(focused) {
  drawApp();
  document.getElementById(focused).focus();
}

function filterBar() {
  const search = draw('input', { type: 'search', id: 'filter-text', autocomplete: 'off', spellcheck: 'false',
    input: (event) => { chosen.text = event.target.value; filtered(); } });
  search.value = chosen.text;
  return draw('form', { class: 'filters', role: 'search', 'aria-label': say('filters'), submit: (event) => event.preventDefault() },
    draw('label', { class: 'search' }, draw('span', {}, say('search')), search),
    table().columns.map((column, place) => (column.chosen ? chooser(column, place) : null)),
    draw('button', { type: 'button', class: 'quiet', click: () => {
      Object.assign(chosen, { text: '', by: new Map() });
      again('filter-text');
    } }, say('reset')));
}

// The choices of a column, where there are several.
function chooser(column, place) {
  const keys = [...new Set(table().rows.flatMap((row) => keysIn(column, row[place])))];
  if (keys.length < 2) return null;
  const select = draw('select', { id: `filter-${column.name}`, change: (event) => {
    if (event.target.value === '') chosen.by.delete(place);
    else chosen.by.set(place, keys[Number(event.target.value)]);
    filtered();
  } }, draw('option', { value: '' }, say('every')), keys.map((key, number) =>
    draw('option', { value: String(number), selected: chosen.by.get(place) === key }, labelOf(key))));
  return draw('label', {}, draw('span', {}, told(column.heading)), select);
}

function filtered() {
  chosen.most = FIRST;
  drawTable();
}

function drawTable() {
  const rows = rowsShown(), { columns, title } = table(), shown = rows.slice(0, chosen.most), left = rows.length - shown.length;
  document.getElementById('shown').textContent = say('shown', { shown: counted(rows.length), all: counted(table().rows.length) });
  document.getElementById('counts').replaceChildren(...countsOf(rows, columns));
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const drawn = draw('table', {}, draw('caption', { class: 'hidden' }, told(title)),
    draw('colgroup', {}, columns.map((column) => sized(draw('col'), `${(column.width * 100) / width}%`))),
    draw('thead', {}, draw('tr', {}, columns.map((column) =>
      draw('th', { scope: 'col', class: column.number ? 'number' : null }, told(column.heading))))),
    draw('tbody', {}, shown.map((row) => draw('tr', {}, row.map((number, place) => cell(columns[place], number))))));
  document.getElementById('table').replaceChildren(
    shown.length ? draw('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': told(title) }, sized(drawn, `${width * 8.2}px`))
      : draw('p', {}, say('nothing')),
    ...(left > 0 ? [draw('button', { type: 'button', class: 'more', id: 'more', click: more },
      say('more', { count: counted(Math.min(left, FIRST)) }))] : []));
}

// The policy of the page lets no element have a style of its own in its text; a script may give it one.
function sized(element, width) {
  element.style.setProperty('width', width);
  return element;
}

function cell(column, number) {
  const colour = colourOf(number), text = textOf(number);
  return draw('td', { class: column.number ? 'number' : null },
    colour < 0 ? named(text) : draw('span', { class: `badge ${KINDS[colour]}` }, text));
}

// How many of the rows have each option of the first column that has colours.
function countsOf(rows, columns) {
  const place = columns.findIndex((_, one) => rows.some((row) => colourOf(row[one]) >= 0)), counts = new Map();
  if (place < 0) return [];
  for (const row of rows) counts.set(row[place], (counts.get(row[place]) ?? 0) + 1);
  return [...counts].filter(([number]) => colourOf(number) >= 0).map(([number, count]) =>
    draw('li', {}, draw('span', { class: `badge ${KINDS[colourOf(number)]}` }, textOf(number)), ` ${counted(count)}`));
}

function more() {
  chosen.most += FIRST;
  drawTable();
  (document.getElementById('more') ?? document.querySelector('.wide')).focus();
}

function printView() {
  window.print();
}

window.addEventListener('beforeprint', () => {
  state.most = chosen.most;
  chosen.most = Infinity;
  if (state.data.tables.length) drawTable();
});
window.addEventListener('afterprint', () => {
  chosen.most = state.most;
  if (state.data.tables.length) drawTable();
});

opened().then((data) => {
  state.data = data;
  state.language = data.language === 'vi' ? 0 : 1;
  drawApp();
}, () => {
  document.getElementById('unreadable').hidden = false;
});
