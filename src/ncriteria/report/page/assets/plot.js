// A number against its limit over the years, as a picture and as a table.

const RELATIONS = { '<=': '≤', '<': '<', '>=': '≥', '>': '>', '=': '=', '!=': '≠' };

// The points of one plot of a cell, from all rows of the unit under the standard: of the comparisons that a clause makes
// of the fact, the one in the same place. Another year may have another comparison there, such as that for a zero base.
function pointsOf(data, row, path, fact, nth) {
  const points = new Map();
  const key = `${data.rows.standard[row]} ${data.rows.unit[row]}`;
  const add = (year, point) => { if (!points.has(year) || point.own) points.set(year, point); };
  for (const other of data.together.get(key)) {
    const cell = cellOf(data, other, path), year = data.rows.year[other];
    const plot = cell && cell.plots.filter(([of]) => of === fact)[nth];
    if (!plot) continue;
    const [, relation, value, limit, earlier, continued] = plot, at = (place) => (place < 0 ? null : cell.first + place);
    add(year, { year, value: at(value), limit: at(limit), relation, verdict: cell.verdict, own: true, continued });
    for (let place = 0; place < earlier.length; place += 2) {
      const before = year - earlier[place];
      add(before, { year: before, value: at(earlier[place + 1]), limit: null, verdict: null, own: false, continued: 1 });
    }
  }
  return [...points.values()].sort((one, two) => one.year - two.year);
}

function plotsOf(row, path) {
  const data = state.data, cell = cellOf(data, row, path), seen = new Map();
  return (cell ? cell.plots : []).flatMap(([fact, relation]) => {
    const nth = seen.get(fact) ?? 0;
    seen.set(fact, nth + 1);
    const points = pointsOf(data, row, path, fact, nth);
    return points.some((point) => point.value !== null || point.limit !== null) ? [plotOf(fact, relation, points)] : [];
  });
}

function plotOf(fact, relation, points) {
  const data = state.data, [title, unit] = data.facts[fact].map(told);
  const name = unit ? `${title} (${unit})` : title;
  return draw('figure', { class: 'plot' },
    draw('figcaption', {}, draw('strong', {}, name), ` – ${say(`relation_${relation}`)}`),
    points.length > 1 ? picture(name, points) : null, pointTable(points));
}

function pointTable(points) {
  const data = state.data;
  const text = (place) => (place === null ? say('not_known') : numberAt(data, place, state.language));
  return draw('table', { class: 'points' },
    draw('thead', {}, draw('tr', {},
      ['year', 'value', 'limit', 'verdict'].map((key) => draw('th', { scope: 'col' }, say(key))))),
    draw('tbody', {}, points.map((point) => draw('tr', {},
      draw('th', { scope: 'row' }, String(point.year)), draw('td', {}, text(point.value)),
      draw('td', {}, point.limit === null ? (point.own ? text(null) : '')
        : `${RELATIONS[point.relation]} ${text(point.limit)}`),
      draw('td', {}, point.verdict === null ? '' : badge(point.verdict, false))))));
}

function picture(name, points) {
  const data = state.data, WIDE = 460, HIGH = 200, LEFT = 52, RIGHT = 14, TOP = 32, BOTTOM = 28;
  const numbers = points.flatMap((point) => [point.value, point.limit]).filter((place) => place !== null);
  const values = numbers.map((place) => plotted(data, place));
  const low = Math.min(0, ...values), high = Math.max(...values, low + 1);
  const first = points[0].year, last = points[points.length - 1].year;
  const across = (year) => LEFT + 24 + ((WIDE - LEFT - RIGHT - 48) * (year - first)) / Math.max(1, last - first);
  const up = (value) => HIGH - BOTTOM - ((HIGH - TOP - BOTTOM) * (value - low)) / (high - low);
  const series = (key) => points.filter((point) => point[key] !== null)
    .map((point) => ({ x: across(point.year), y: up(plotted(data, point[key])), place: point[key], point }));
  const limits = series('limit'), counts = series('value');
  // A year without a number is not bridged, nor the years before a unit was made anew.
  const follows = (to, from) => to.year - from.year === 1 && to.continued === 1;
  const lines = (of, kind) => of.slice(1).flatMap((to, place) => (follows(to.point, of[place].point)
    ? [drawn('line', { class: kind, x1: of[place].x, y1: of[place].y, x2: to.x, y2: to.y })] : []));
  const ticks = [low, (low + high) / 2, high].filter((tick) => Number.isInteger(tick));
  const every = Math.ceil(points.length / 8);
  return drawn('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': `${say('plot')}: ${name}` },
    ticks.map((tick) => [drawn('line', { class: 'rule', x1: LEFT, x2: WIDE - RIGHT, y1: up(tick), y2: up(tick) }),
      drawn('text', { class: 'tick', x: LEFT - 8, y: up(tick) + 4, 'text-anchor': 'end' }, counted(tick))]),
    points.filter((_, place) => place % every === 0).map((point) => drawn('text',
      { class: 'tick', x: across(point.year), y: HIGH - 8, 'text-anchor': 'middle' }, String(point.year))),
    lines(limits, 'limit'),
    limits.map(({ x, y }) => drawn('line', { class: 'limit', x1: x - 11, x2: x + 11, y1: y, y2: y })),
    lines(counts, 'value'),
    counts.map(({ x, y, point }) => drawn('circle',
      { class: `value ${point.verdict === null ? 'none' : KINDS[point.verdict]}`, cx: x, cy: y, r: 4.5 })),
    drawn('g', { class: 'legend' },
      drawn('line', { class: 'value', x1: WIDE - 190, x2: WIDE - 166, y1: 10, y2: 10 }),
      drawn('text', { x: WIDE - 160, y: 14 }, say('value')),
      drawn('line', { class: 'limit', x1: WIDE - 96, x2: WIDE - 72, y1: 10, y2: 10 }),
      drawn('text', { x: WIDE - 66, y: 14 }, say('limit'))));
}
