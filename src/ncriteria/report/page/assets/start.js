// The page as a whole.

function drawApp() {
  const app = document.getElementById('app'), root = document.documentElement;
  root.lang = state.language === 0 ? 'vi' : 'en';
  root.dataset.theme = state.theme;
  root.classList.toggle('printing', state.printing);
  document.title = state.data.invented ? `${say('title')} – ${say('invented')}` : say('title');
  if (state.printing) {
    app.replaceChildren(...printingApp());
    fitSheets();
    return;
  }
  state.paths = pathsOf(state.standard);
  app.replaceChildren(
    draw('a', { class: 'skip', href: '#grid' }, say('skip')),
    ...(state.data.invented ? [draw('p', { class: 'mark', role: 'note' }, say('invented'))] : []),
    draw('header', { class: 'top' }, draw('h1', {}, say('title')), toolBar()),
    draw('main', {}, setList(setsShown()), filterBar(),
      draw('div', { class: 'account-of-rows' }, draw('p', { id: 'shown', role: 'status', 'aria-live': 'polite' }),
        draw('ul', { id: 'counts' })),
      gridOf(), draw('p', { id: 'grid-help', class: 'help' }, say('grid_help')), legend(), titleList(),
      state.data.receipt ? draw('p', { id: 'receipt-line', class: 'help' }, receiptLine()) : null),
    accountDialog());
  applyFilters();
}

// The sets that judge rows of the standard, without their notes, which each explanation has.
function setsShown() {
  const numbers = new Set(rowsOfStandard().map((row) => state.data.rows.criteria[row]).filter((number) => number >= 0));
  return [...numbers].map((number) => state.data.sets[number].opening.slice(0, 2));
}

function legend() {
  return draw('section', { class: 'legend-of-signs' }, draw('h2', {}, say('legend')), draw('ul', {},
    SIGNS.map((_, verdict) => draw('li', {}, badge(verdict, false))),
    draw('li', {}, `◆ ${say('attested')}`)));
}

function titleList() {
  return draw('details', { class: 'titles' }, draw('summary', {}, say('titles')), draw('ul', {},
    state.paths.map((member) => draw('li', { class: `deep-${Math.min(member.path.split('/').length - 1, 4)}` },
      draw('code', {}, member.path), ` ${told(member.title)}`))));
}

window.addEventListener('beforeprint', () => {
  if (!state.printing) {
    state.printing = 'once';
    drawApp();
  }
});
window.addEventListener('afterprint', () => {
  if (state.printing === 'once') {
    state.printing = false;
    drawApp();
  }
});

opened().then((data) => {
  state.data = indexed(data);
  state.language = data.language === 'vi' ? 0 : 1;
  drawApp();
}, () => {
  document.getElementById('unreadable').hidden = false;
});
