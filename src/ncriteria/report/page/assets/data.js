// The data of the page: rows, and the cells of each with their numbers.

// Where the cells and the numbers of each row begin, and the rows of each unit under one standard.
function indexed(data) {
  const numbers = data.numbers === '' ? [] : data.numbers.split(' ');
  const holds = data.templates.map(([vi]) => vi.reduce((count, part) => count + (typeof part === 'number' ? 1 : 0), 0));
  for (const form of data.forms) {
    const [, , lines, , more] = form;
    let count = more;
    for (let place = 1; place < lines.length; place += 2) count += holds[lines[place]];
    form.push(count);
  }
  const rows = data.rows, size = rows.unit.length, firstCell = new Uint32Array(size);
  const firstNumber = new Uint32Array(data.cells.length), together = new Map();
  let cell = 0, number = 0;
  for (let row = 0; row < size; row += 1) {
    const last = cell + 1 + membersOf(data, row).length;
    for (firstCell[row] = cell; cell < last; cell += 1) {
      firstNumber[cell] = number;
      number += data.forms[data.cells[cell]][6];
    }
    const key = `${rows.standard[row]} ${rows.unit[row]}`;
    if (!together.has(key)) together.set(key, []);
    together.get(key).push(row);
  }
  const placed = data.sets.map((set) => new Map(set.members.map((member, place) => [member.path, place])));
  return { ...data, numbers, holds, firstCell, firstNumber, together, placed };
}

function membersOf(data, row) {
  const set = data.rows.criteria[row];
  return set < 0 ? [] : data.sets[set].members;
}

// The cell of a row at a path, the whole set at ''; null where the set of the row has no such member.
function cellOf(data, row, path) {
  const place = cellPlace(data, row, path);
  if (place < 0) return null;
  const cell = data.firstCell[row] + place;
  const [verdict, attested, lines, plots, , missing] = data.forms[data.cells[cell]];
  return { verdict, attested: attested === 1, lines, plots, missing, first: data.firstNumber[cell] };
}

function cellPlace(data, row, path) {
  if (path === '') return 0;
  const set = data.rows.criteria[row];
  if (set < 0) return -1;
  const found = data.placed[set].get(path);
  return found === undefined ? -1 : found + 1;
}

// Only the form, as filters ask for it of every row: its number, -1 where the set of the row has no such member.
function formAt(data, row, path) {
  const place = cellPlace(data, row, path);
  return place < 0 ? -1 : data.cells[data.firstCell[row] + place];
}

const verdictAt = (data, row, path) => data.forms[formAt(data, row, path)]?.[0] ?? -1;
const missingAt = (data, row, path) => data.forms[formAt(data, row, path)]?.[5] ?? [];

const exchanged = (number) => number.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'));

function numberAt(data, place, language) {
  return language === 0 ? data.numbers[place] : exchanged(data.numbers[place]);
}

// The lines of a cell with their sections, in a language (0 Vietnamese, 1 English).
function linesOf(data, cell, language) {
  const found = [];
  let first = cell.first;
  for (let place = 0; place < cell.lines.length; place += 2) {
    const template = cell.lines[place + 1], from = first;
    const text = data.templates[template][language]
      .map((part) => (typeof part === 'number' ? numberAt(data, from + part, language) : part)).join('');
    found.push({ section: cell.lines[place], text });
    first += data.holds[template];
  }
  return found;
}

// A number as it is plotted: 1.704,5 and 200/3 of the Vietnamese text.
function plotted(data, place) {
  const [over, under] = data.numbers[place].replaceAll('.', '').replace(',', '.').split('/');
  return Number(over) / (under === undefined ? 1 : Number(under));
}
