// What is asked: the files and the choices.

// Two files may have one name: each is given under a path of its own, of which messages show the name.
const keysOf = (field) => state.files[field].map((one, place) => `${field}/${place}/${one.name}`);

function filesGiven() {
  const given = {};
  for (const [field, files] of Object.entries(state.files))
    keysOf(field).forEach((key, place) => (given[key] = files[place].content));
  return given;
}

function choices() {
  const text = (id) => byId(id).value.trim();
  const reading = { ignore_unknown: byId("ignore-unknown").checked, keep_going: byId("keep-going").checked };
  if (text("sheet")) reading.sheet = text("sheet");
  if (text("encoding")) reading.encoding = text("encoding");
  if (text("territory")) reading.territory = text("territory");
  if (byId("level").value) reading.level = byId("level").value;
  if (text("table-year")) reading.year = Number(text("table-year"));
  if (text("blanks")) reading.blanks = text("blanks").split(/\s+/);
  return {
    language: state.language,
    facts: keysOf("facts")[0] ?? "",
    attestations: keysOf("attestations"),
    lineage: keysOf("lineage")[0] ?? null,
    criteria: criteria(),
    standards: byId("standard").value ? [byId("standard").value] : [],
    years: byId("year").value ? [Number(byId("year").value)] : [],
    reading,
    tries_all_years: byId("tries-all-years").checked,
    is_invented: state.isInvented,
  };
}

function criteria() {
  const chosen = byId("set").value;
  if (chosen.startsWith("edited:")) return editedText(chosen.slice("edited:".length));
  return chosen || null;
}

const original = (id) => state.sets.find((one) => one.id === id);
const editedText = (id) => ({ text: state.edited[id] ?? original(id).text, file: `${id}.yaml` });

function fill(id, options) {
  const field = byId(id);
  const before = field.value;
  field.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  if (options.some(([value]) => value === before)) field.value = before;
}

const title = (one) => `${one.title[state.language]} (${one.years[0]}–${one.years[1] ?? ""})`;

// The sets to judge under, with those that are edited.
function fillSets() {
  const edited = Object.keys(state.edited).map((id) => [`edited:${id}`, say("edited_set", { id })]);
  fill("set", [["", say("all_sets")], ...state.sets.map((one) => [one.id, title(one)]), ...edited]);
}

function fillChoices() {
  fillSets();
  fill("edited-from", state.sets.map((one) => [one.id, title(one)]));
  const standards = [...new Set(state.sets.map((one) => one.standard))];
  fill("standard", [["", say("all_standards")], ...standards.map((one) => [one, one])]);
  fill("year", [["", say("all_years")], ...state.years.map((one) => [String(one), String(one)])]);
  const levels = ["hamlet", "commune", "district", "province"];
  fill("level", [["", say("as_table")], ...levels.map((one) => [one, say(`level_${one}`)])]);
  fillRules();
}

const contentOf = async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) });

function tellChosen() {
  for (const [field, files] of Object.entries(state.files)) tellNames(field, files.map((one) => one.name));
}

function tellNames(id, names) {
  byId(`${id}-chosen`).textContent = names.length ? say("chosen", { names: names.join(", ") }) : say("none_chosen");
  byId(`${id}-remove`).hidden = names.length === 0;
}

// Files are kept as they are when they are chosen, whatever becomes of them on the disk.
function take(field, files, isInvented = false) {
  const chosen = byId(field).multiple ? [...files] : [...files].slice(0, 1);
  tellNames(field, chosen.map((one) => one.name));
  return working(async () => {
    state.files[field] = await Promise.all(chosen.map(contentOf));
    if (field === "facts") state.isInvented = isInvented;
    await lookNow();
    if (chosen.length < files.length) byId("read").prepend(make("p", { class: "warning" }, say("one_table", chosen[0])));
  });
}

const look = () => working(lookNow);

async function lookNow() {
  byId("read").replaceChildren();
  if (!state.files.facts.length) return;
  const found = await asking("look");
  state.years = found.years ?? [];
  fillChoices();
  byId("read").replaceChildren(...told(found));
  if (!found.account) return;
  const [first, ...others] = found.account;
  const lines = make("pre", { tabindex: "0" }, others.join("\n"));
  byId("read").append(make("details", {}, make("summary", {}, `${say("was_read")}: ${first}`), lines));
}
