// What the page says, and how its parts are made. Texts of others are put in as text, never as markup.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const state = {
  language: "vi",
  files: { facts: [], attestations: [], lineage: [] }, // each { name, content }
  isInvented: false,
  sets: [], // the shipped ones
  about: {},
  edited: {}, // the texts that differ from the shipped ones, by identifier
  rules: [], // those of the text that is shown
  years: [], // those of the table
};

const say = (name, values = {}) =>
  data.labels[state.language][name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? `{${key}}`);

function speak() {
  document.documentElement.lang = state.language;
  document.title = `ncriteria: ${say("title")}`;
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
  for (const one of document.querySelectorAll("[data-language]"))
    one.setAttribute("aria-pressed", String(one.dataset.language === state.language));
  tellChosen();
  fillChoices();
  if (state.about.python) byId("about").textContent = say("about", state.about);
}

function make(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

function tellStatus(name, values) {
  delete byId("status").dataset.say;
  byId("status").textContent = say(name, values);
  if (!values) byId("status").dataset.say = name;
}
