// The words of the page in the chosen language, and the state that all parts look at.

const state = {
  data: null, language: 0, theme: 'auto', standard: 0, paths: [], shown: [], printing: false,
};
const SIGNS = ['✓', '✗', '?', '–', '!'];
const KINDS = ['met', 'not-met', 'open', 'none', 'error'];

function say(key, values = {}) {
  return state.data.words[key][state.language].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const told = (pair) => pair[state.language];
const counted = (number) => number.toLocaleString(state.language === 0 ? 'vi' : 'en');

// Letters without their marks, as people type them in a hurry.
function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/\s+/g, ' ').trim();
}
