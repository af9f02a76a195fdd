// The table of units and criteria, of which only the rows in view are drawn.

const HEIGHT = 34, BEYOND = 6;
const grid = { body: null, scroller: null, drawn: new Map(), row: 0, column: 0 };

// The columns after the unit, the year and the verdict of the whole set: every path of the sets of the standard, in
// the order of the latest of them.
function pathsOf(standard) {
  const data = state.data, seen = new Map(), sets = new Set();
  data.rows.standard.forEach((one, row) => { if (one === standard) sets.add(data.rows.criteria[row]); });
  const latest = [...sets].filter((one) => one >= 0).sort((one, two) => data.sets[two].since - data.sets[one].since);
  for (const set of latest) {
    for (const member of data.sets[set].members) if (!seen.has(member.path)) seen.set(member.path, member);
  }
  return [...seen.values()];
}

const columnCount = () => 3 + state.paths.length;
const pathAt = (column) => (column < 3 ? '' : state.paths[column - 3].path);

function gridOf() {
  const head = draw('div', { role: 'row', class: 'row head', 'aria-rowindex': '1' },
    ['unit', 'year', 'verdict'].map((key, place) => heading(say(key), place, ['unit', 'year', 'whole'][place])),
    state.paths.map((member, place) => heading(told(member.title), place + 3, member.how ? 'group' : 'clause')));
  grid.body = draw('div', { role: 'rowgroup', class: 'rows' });
  grid.drawn.clear();
  grid.scroller = draw('div', { id: 'grid', role: 'grid', 'aria-label': say('grid'), 'aria-describedby': 'grid-help',
    'aria-colcount': columnCount(), scroll: () => drawRows(), keydown: moved, click: clicked, focusin: entered },
  draw('div', { role: 'rowgroup', class: 'heads' }, head), grid.body);
  grid.scroller.style.setProperty('--columns', state.paths.length);
  return grid.scroller;
}

function heading(text, place, kind) {
  return draw('div', { role: 'columnheader', class: `cell ${kind}`, 'aria-colindex': place + 1, title: text },
    draw('span', {}, text));
}

function refreshGrid() {
  grid.row = Math.min(grid.row, Math.max(0, state.shown.length - 1));
  grid.column = Math.min(grid.column, columnCount() - 1);
  grid.scroller.setAttribute('aria-rowcount', state.shown.length + 1);
  grid.body.style.setProperty('height', `${Math.max(1, state.shown.length) * HEIGHT}px`);
  grid.body.replaceChildren();
  grid.drawn.clear();
  if (!state.shown.length) {
    grid.body.append(draw('div', { role: 'row', class: 'row empty' }, draw('div', { role: 'gridcell' }, say('nothing'))));
  }
  drawRows();
}

// The row that has the focus stays drawn, wherever the table is scrolled to.
function drawRows() {
  const top = grid.scroller.scrollTop, high = grid.scroller.clientHeight || 600;
  const first = Math.max(0, Math.floor(top / HEIGHT) - BEYOND);
  const last = Math.min(state.shown.length, Math.ceil((top + high) / HEIGHT) + BEYOND);
  const wanted = new Set();
  for (let place = first; place < last; place += 1) wanted.add(place);
  if (grid.row < state.shown.length) wanted.add(grid.row);
  for (const [place, element] of grid.drawn) if (!wanted.has(place)) { element.remove(); grid.drawn.delete(place); }
  for (const place of [...wanted].sort((one, two) => one - two)) {
    if (grid.drawn.has(place)) continue;
    const element = rowOf(place), after = [...grid.drawn.keys()].filter((one) => one > place);
    grid.body.insertBefore(element, after.length ? grid.drawn.get(Math.min(...after)) : null);
    grid.drawn.set(place, element);
  }
}

function rowOf(place) {
  const data = state.data, row = state.shown[place], whole = cellOf(data, row, '');
  const at = (column, attributes, ...inner) => draw('div', { role: 'gridcell', 'aria-colindex': column + 1,
    tabindex: place === grid.row && column === grid.column ? '0' : '-1', 'data-column': column, ...attributes }, inner);
  const element = draw('div', { role: 'row', class: place % 2 ? 'row odd' : 'row', 'aria-rowindex': place + 2 },
    at(0, { role: 'rowheader', class: 'cell unit', title: unitText(data.rows.name[row], data.rows.unit[row]) },
      named(data.rows.name[row])),
    at(1, { class: 'cell year' }, String(data.rows.year[row])),
    at(2, { class: 'cell whole' }, badge(whole.verdict, whole.attested)),
    state.paths.map((member, number) => clauseCell(at, row, member, number + 3)));
  element.dataset.place = place;
  element.style.setProperty('transform', `translateY(${place * HEIGHT}px)`);
  return element;
}

function clauseCell(at, row, member, column) {
  const cell = cellOf(state.data, row, member.path);
  if (!cell) return at(column, { class: 'cell absent', 'aria-label': absence(row) }, '');
  const word = told(state.data.verdicts[cell.verdict]);
  const label = cell.attested ? `${word}, ${say('attested')}` : word;
  return at(column, { class: `cell clause ${KINDS[cell.verdict]}`, 'aria-label': label,
    title: `${told(member.title)}: ${label}` }, cell.attested ? `${SIGNS[cell.verdict]}◆` : SIGNS[cell.verdict]);
}

function absence(row) {
  return state.data.rows.criteria[row] < 0 ? told(state.data.verdicts[SIGNS.length - 1]) : say('no_clause');
}

function cellElement(place, column) {
  const element = grid.drawn.get(place);
  return element ? element.querySelector(`[data-column="${column}"]`) : null;
}

function goTo(place, column) {
  const before = cellElement(grid.row, grid.column);
  if (before) before.setAttribute('tabindex', '-1');
  grid.row = Math.max(0, Math.min(state.shown.length - 1, place));
  grid.column = Math.max(0, Math.min(columnCount() - 1, column));
  const top = grid.row * HEIGHT, head = grid.scroller.firstElementChild.offsetHeight;
  const high = grid.scroller.clientHeight - head;
  if (top < grid.scroller.scrollTop) grid.scroller.scrollTop = top;
  else if (top + HEIGHT > grid.scroller.scrollTop + high) grid.scroller.scrollTop = top + HEIGHT - high;
  drawRows();
  focusCell();
}

function focusCell() {
  const element = cellElement(grid.row, grid.column);
  if (!element) return;
  element.setAttribute('tabindex', '0');
  element.focus({ preventScroll: true });
  if (grid.column > 0) element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function moved(event) {
  if (!state.shown.length || event.altKey || event.metaKey) return;
  const page = Math.max(1, Math.floor(grid.scroller.clientHeight / HEIGHT) - 2), last = state.shown.length - 1;
  const { row, column } = grid, far = event.ctrlKey;
  const to = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1], PageUp: [row - page, column], PageDown: [row + page, column],
    Home: [far ? 0 : row, 0], End: [far ? last : row, columnCount() - 1],
  }[event.key];
  if (to) { event.preventDefault(); goTo(...to); }
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); openAt(row, column); }
}

function openAt(place, column) {
  const row = state.shown[place], path = pathAt(column);
  if (cellOf(state.data, row, path)) openAccount(row, path);
}

function placeOf(event) {
  const element = event.target.closest('[data-column]'), row = element && element.closest('[data-place]');
  return row ? [Number(row.dataset.place), Number(element.dataset.column)] : null;
}

function clicked(event) {
  const place = placeOf(event);
  if (place) { goTo(...place); openAt(...place); }
}

function entered(event) {
  const place = placeOf(event);
  if (!place || (place[0] === grid.row && place[1] === grid.column)) return;
  const before = cellElement(grid.row, grid.column);
  if (before) before.setAttribute('tabindex', '-1');
  [grid.row, grid.column] = place;
  event.target.setAttribute('tabindex', '0');
}
