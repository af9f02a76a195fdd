// Elements. Text is only ever set as text, so that no name becomes markup.

function draw(tag, attributes = {}, ...inner) {
  return filledWith(document.createElement(tag), attributes, inner);
}

function drawn(tag, attributes = {}, ...inner) {
  return filledWith(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, inner);
}

function filledWith(element, attributes, inner) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...inner.flat(Infinity).filter((one) => one !== null && one !== undefined));
  return element;
}

// A name that someone else wrote, kept from turning the direction of what stands beside it.
const named = (text) => draw('bdi', {}, text);
const unitText = (name, unit) => (name === unit ? unit : `${name} (${unit})`);
const hidden = (text) => draw('span', { class: 'hidden' }, text);

// A verdict as a sign and a word.
function badge(verdict, attested) {
  return draw('span', { class: `badge ${KINDS[verdict]}` },
    draw('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[verdict]), ` ${told(state.data.verdicts[verdict])}`,
    attested ? draw('span', { class: 'attested' }, draw('span', { 'aria-hidden': 'true' }, ' ◆'),
      hidden(`, ${say('attested')}`)) : null);
}

function lineList(lines) {
  return draw('div', { class: 'lines' }, lines.map(({ text }) => {
    const depth = Math.floor(text.search(/\S|$/) / 2), mark = text.trimStart()[0];
    const kind = { '✓': 'met', '✗': 'not-met', '?': 'open' }[mark] ?? 'plain';
    return draw('p', { class: `line ${kind} deep-${Math.min(depth, 4)}` }, text.trimStart());
  }));
}
