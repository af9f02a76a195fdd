// What every page has at its top: its other language, its colours, and printing.

function toolBar() {
  return draw('div', { class: 'tools' },
    draw('button', { type: 'button', id: 'language', lang: state.language === 0 ? 'en' : 'vi', click: otherLanguage },
      state.data.words.other_language[1 - state.language]),
    draw('label', { class: 'theme' }, draw('span', {}, say('theme')), themeChooser()),
    draw('button', { type: 'button', id: 'print', click: printView }, say('print')));
}

function themeChooser() {
  const select = draw('select', { id: 'theme', change: (event) => {
    state.theme = event.target.value;
    document.documentElement.dataset.theme = state.theme;
  } }, ['auto', 'light', 'dark'].map((one) => draw('option', { value: one }, say(`theme_${one}`))));
  select.value = state.theme;
  return select;
}

function otherLanguage() {
  state.language = 1 - state.language;
  drawApp();
  document.getElementById('language').focus();
}

// Which receipt the page carries; its digest is that of the result as a whole.
function receiptLine() {
  const { day, result } = state.data.receipt;
  const told = state.language === 0 ? day.split('-').reverse().join('/') : day;
  return say('receipt', { day: told, digest: result.slice(0, 16) });
}

// Criteria sets, each with what it rests on.
function setList(sets) {
  return draw('section', { class: 'sets', 'aria-label': say('sets') }, sets.map(([title, ...sources]) =>
    draw('p', {}, draw('strong', {}, told(title)), sources.map((pair) => [draw('br'), told(pair)]))));
}
