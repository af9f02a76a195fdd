// The explanation of one cell, beside the table.

const account = { row: 0, path: '' };

function accountDialog() {
  return draw('dialog', { id: 'account', 'aria-labelledby': 'account-title', close: () => focusCell() });
}

function openAccount(row, path) {
  account.row = row; account.path = path;
  const dialog = document.getElementById('account');
  drawAccount();
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  document.getElementById('account-title').focus();
}

function drawAccount() {
  const { row, path } = account, data = state.data, cell = cellOf(data, row, path);
  const member = membersOf(data, row).find((one) => one.path === path);
  const title = member ? told(member.title) : wholeTitle(row);
  const dialog = document.getElementById('account');
  dialog.replaceChildren(
    draw('header', {},
      draw('p', { class: 'of' }, named(data.rows.name[row]), ` · ${data.rows.year[row]} · ${standardName(row)}`),
      draw('h2', { id: 'account-title', tabindex: '-1' }, title),
      draw('p', { class: 'outcome' }, badge(cell.verdict, cell.attested), member ? draw('code', {}, path) : null),
      draw('div', { class: 'steps' }, step(-1, '←', 'previous'), step(1, '→', 'next'),
        draw('button', { type: 'button', class: 'quiet', click: () => dialog.close() }, say('close')))),
    state.data.invented ? draw('p', { class: 'mark' }, say('invented')) : '',
    draw('div', { class: 'body' }, sectionsOf(cell), suppliersOf(cell.missing),
      plotSection(row, path), clausesWithin(row, path), member ? sourcesOf(member) : openingOf(row)));
}

function step(by, sign, key) {
  const paths = ['', ...membersOf(state.data, account.row).map((one) => one.path)];
  const to = paths[paths.indexOf(account.path) + by];
  return draw('button', { type: 'button', class: 'quiet', disabled: to === undefined, 'aria-label': say(key),
    title: say(key), click: () => openAccount(account.row, to) }, sign);
}

function wholeTitle(row) {
  const set = state.data.rows.criteria[row];
  return set < 0 ? standardName(row) : told(state.data.sets[set].title);
}

function standardName(row) {
  const [standard, , title] = state.data.standards[state.data.rows.standard[row]];
  return told(title) ? `${told(title)} (${standard})` : standard;
}

function section(title, ...inner) {
  return draw('section', {}, draw('h3', {}, title), inner);
}

function sectionsOf(cell) {
  const bySection = new Map();
  for (const line of linesOf(state.data, cell, state.language)) {
    if (!bySection.has(line.section)) bySection.set(line.section, []);
    bySection.get(line.section).push(line);
  }
  return [...bySection].map(([number, lines]) => section(told(state.data.sections[number]), lineList(lines)));
}

// Who has what is missing, where that is known.
function suppliersOf(missing) {
  const lines = bySupplier(missing).map(([supplier, figures]) => draw('li', {}, draw('strong', {}, supplier),
    `: ${figures.join('; ')}`));
  return lines.length ? section(say('supplier'), draw('ul', {}, lines)) : null;
}

function bySupplier(missing) {
  const found = new Map();
  for (const number of missing) {
    const [figure, supplier] = state.data.figures[number].map(told);
    if (supplier) found.set(supplier, [...(found.get(supplier) ?? []), figure]);
  }
  return [...found];
}

function plotSection(row, path) {
  const plots = plotsOf(row, path);
  return plots.length ? section(say('plot'), plots) : null;
}

function sourcesOf(member) {
  const how = member.how ? draw('p', {}, `${say('how')}: ${told(member.how)}`) : null;
  const lines = member.sources.map((pair) => draw('p', { class: 'source' }, told(pair)));
  return how || lines.length ? section(say('sources'), how, lines) : null;
}

function openingOf(row) {
  const set = state.data.rows.criteria[row];
  if (set < 0) return null;
  return section(say('sources'), state.data.sets[set].opening.map((pair) => draw('p', { class: 'source' }, told(pair))));
}

// The members of a group, or of the whole set at '', each with its verdict.
function clausesWithin(row, group) {
  const members = membersOf(state.data, row).filter(({ path }) => group === '' || path.startsWith(`${group}/`));
  if (!members.length) return null;
  return section(say('criteria'), draw('ul', { class: 'clauses' }, members.map((member) => {
    const cell = cellOf(state.data, row, member.path);
    return draw('li', { class: `deep-${Math.min(member.path.split('/').length - 1, 4)}` },
      draw('button', { type: 'button', class: 'link', click: () => openAccount(row, member.path) }, told(member.title)),
      badge(cell.verdict, cell.attested));
  })));
}
