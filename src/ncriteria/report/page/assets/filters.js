// What is shown: search and filters, and how many rows there are of each verdict.

const filters = { text: '', year: '', path: '', verdict: '', figure: '', supplier: '' };
let foldedNames = null;

function shownRows() {
  const data = state.data, rows = data.rows, found = [], { text, year, path, verdict, figure, supplier } = filters;
  const wanted = folded(text), lacking = figure !== '' || supplier !== '', fits = data.forms.map((form) => fitsMissing(form[5], figure, supplier));
  if (wanted && !foldedNames) {
    foldedNames = rows.name.map((name, row) => folded(name === rows.unit[row] ? name : `${name} ${rows.unit[row]}`));
  }
  for (let row = 0; row < rows.unit.length; row += 1) {
    if (rows.standard[row] === state.standard && (year === '' || rows.year[row] === Number(year))
      && (verdict === '' || verdictAt(data, row, path) === Number(verdict)) && (!lacking || fits[formAt(data, row, path)])
      && (!wanted || foldedNames[row].includes(wanted))) found.push(row);
  }
  return found;
}

function fitsMissing(missing, figure, supplier) {
  return missing.some((number) => (figure === '' || figure === 'any' || number === Number(figure))
    && (supplier === '' || state.data.figures[number][1][0] === supplier.slice(1)));
}

function applyFilters() {
  state.shown = shownRows();
  grid.scroller.scrollTop = 0;
  refreshGrid();
  tellShown();
}

function tellShown() {
  const data = state.data, counts = new Array(SIGNS.length).fill(0);
  for (const row of state.shown) {
    const verdict = verdictAt(data, row, filters.path);
    if (verdict >= 0) counts[verdict] += 1;
  }
  const all = data.rows.standard.reduce((count, one) => count + (one === state.standard ? 1 : 0), 0);
  document.getElementById('shown').textContent = say('shown', { shown: counted(state.shown.length), all: counted(all) });
  document.getElementById('counts').replaceChildren(...counts.flatMap((count, verdict) => (count
    ? [draw('li', {}, badge(verdict, false), ` ${counted(count)}`)] : [])));
}

function filterBar() {
  const search = draw('input', { type: 'search', id: 'filter-text', autocomplete: 'off', spellcheck: 'false',
    input: (event) => { filters.text = event.target.value; applyFilters(); } });
  search.value = filters.text;
  return draw('form', { class: 'filters', role: 'search', 'aria-label': say('filters'),
    submit: (event) => event.preventDefault() },
  labelled('search', search),
  state.data.standards.length > 1 ? labelled('standard', chooser('standard', standardChoices())) : null,
  labelled('year', chooser('year', yearChoices())),
  labelled('clause', chooser('path', clauseChoices())),
  labelled('verdict', chooser('verdict', verdictChoices())),
  labelled('figure', chooser('figure', figureChoices())),
  labelled('supplier', chooser('supplier', supplierChoices())),
  draw('button', { type: 'button', class: 'quiet', click: cleared }, say('reset')));
}

function labelled(key, control) {
  return draw('label', { class: key }, draw('span', {}, say(key)), control);
}

function chooser(name, choices) {
  const chosen = name === 'standard' ? String(state.standard) : filters[name];
  const select = draw('select', { id: `filter-${name}`, change: (event) => chose(name, event.target.value) },
    choices.map(([value, text]) => draw('option', { value }, text)));
  select.value = chosen;
  return select;
}

function chose(name, value) {
  if (name === 'standard') {
    state.standard = Number(value);
    Object.assign(filters, { year: '', path: '' });
  }
  if (name === 'standard' || name === 'path') {
    // Other figures may be missing then.
    Object.assign(filters, { path: name === 'path' ? value : '', figure: '', supplier: '' });
    drawApp();
    document.getElementById(`filter-${name}`).focus();
  } else {
    filters[name] = value;
    applyFilters();
  }
}

function cleared() {
  Object.assign(filters, { text: '', year: '', path: '', verdict: '', figure: '', supplier: '' });
  drawApp();
  document.getElementById('filter-text').focus();
}

function standardChoices() {
  return state.data.standards.map(([standard, level, title], number) => [String(number),
    [told(title) || standard, titleOfStandard(number) || told(level)].filter((text) => text).join(' – ')
      || told(state.data.verdicts[SIGNS.length - 1])]);
}

function titleOfStandard(number) {
  const row = state.data.rows.standard.findIndex((one, place) => one === number && state.data.rows.criteria[place] >= 0);
  return row < 0 ? '' : told(state.data.sets[state.data.rows.criteria[row]].title);
}

function rowsOfStandard() {
  return state.data.rows.unit.map((_, row) => row).filter((row) => state.data.rows.standard[row] === state.standard);
}

function yearChoices() {
  const years = [...new Set(rowsOfStandard().map((row) => state.data.rows.year[row]))].sort((one, two) => two - one);
  return [['', say('every_year')], ...years.map((year) => [String(year), String(year)])];
}

function clauseChoices() {
  return [['', say('whole')], ...state.paths.map((member) => [member.path,
    `${'\u2003'.repeat(member.path.split('/').length - 1)}${told(member.title)}`])];
}

function verdictChoices() {
  return [['', say('every_verdict')], ...state.data.verdicts.map((pair, number) => [String(number),
    `${SIGNS[number]} ${told(pair)}`])];
}

// The figures that rows of the standard lack for the chosen criterion, with how many rows do, the most wanted first.
function lackedFigures() {
  const counts = new Map();
  for (const row of rowsOfStandard()) {
    for (const number of missingAt(state.data, row, filters.path)) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return [...counts].sort((one, two) => two[1] - one[1]);
}

function figureChoices() {
  return [['', say('every_figure')], ['any', say('any_figure')], ...lackedFigures().map(([number, rows]) => [
    String(number), `${told(state.data.figures[number][0])} (${counted(rows)})`])];
}

function supplierChoices() {
  const found = new Map(lackedFigures().map(([number]) => [`=${state.data.figures[number][1][0]}`,
    told(state.data.figures[number][1]) || say('no_supplier')]));
  return [['', say('every_supplier')], ...found];
}
