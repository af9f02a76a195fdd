// What the hand does, and how the page begins.

for (const one of document.querySelectorAll("[data-language]"))
  one.onclick = async () => {
    state.language = one.dataset.language;
    speak();
    if (!state.sets.length) return;
    await working(showRules);
    await look();
    if (!byId("result-section").hidden) await judge();
  };
for (const id of Object.keys(state.files)) {
  byId(id).onchange = ({ target }) => take(id, target.files);
  byId(`${id}-remove`).onclick = () => {
    byId(id).value = "";
    take(id, []);
  };
}
for (const zone of document.querySelectorAll("[data-drop]")) {
  zone.ondragover = (event) => {
    event.preventDefault();
    zone.classList.add("over");
  };
  zone.ondragleave = () => zone.classList.remove("over");
  zone.ondrop = (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(zone.dataset.drop, event.dataTransfer.files);
  };
}
// A file that is dropped beside the fields is not opened in place of the page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
byId("example").onclick = () => {
  take("lineage", []);
  take("attestations", [new File([data.example.attestations], "attestations.csv")]);
  take("facts", [new File([data.example.facts], "facts.csv")], true);
};
for (const id of ["sheet", "level", "table-year", "territory", "blanks", "encoding", "ignore-unknown", "keep-going", "set"])
  byId(id).onchange = look;
byId("judge").onclick = judge;
byId("see-flips").onclick = seeFlips;
byId("use-edited").onclick = async () => {
  const edited = `edited:${chosenSet()}`;
  await working(showRules);
  if (!(chosenSet() in state.edited)) return byId("flips").replaceChildren(make("p", {}, say("no_edit")));
  byId("set").value = edited;
  await judge();
};
byId("edited-from").onchange = () => working(showRules);
byId("rule").onchange = showRule;
byId("rule-text").oninput = typeRule;
byId("set-text").oninput = ({ target }) => keepText(target.value);
byId("set-text").onchange = () => working(showRules);
byId("restore").onclick = async () => {
  delete state.edited[chosenSet()];
  fillSets();
  await working(showRules);
};
byId("download-set").onclick = () => save(`${chosenSet()}.yaml`, byId("set-text").value, "application/yaml");

speak();
working(start);
