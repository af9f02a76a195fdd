// A set that is edited, and who flips.

const chosenSet = () => byId("edited-from").value;
const chosenRule = () => state.rules[Number(byId("rule").value)];

function fillRules() {
  fill("rule", state.rules.map((one, at) => [String(at), `${one.path}, ${say(`role_${one.role}`)}: ${one.title}`]));
  showRule();
}

function showRule() {
  const rule = chosenRule();
  const field = byId("rule-text");
  field.disabled = !rule || rule.end === null;
  field.value = rule && rule.end !== null ? byId("set-text").value.slice(rule.start, rule.end) : "";
  if (rule && rule.end === null) field.value = say("rule_in_lines");
}

async function showRules() {
  const id = chosenSet();
  if (!id) return;
  const answer = await asking("rules", { criteria: editedText(id) });
  const shown = told(answer);
  if (answer.rules) {
    byId("set-text").value = answer.text;
    state.rules = answer.rules;
    fillRules();
    shown.push(testsTold(answer));
  } else {
    byId("set-text").value = editedText(id).text;
  }
  byId("rule-state").replaceChildren(...shown);
}

function testsTold({ tests, failed }) {
  if (!failed.length) return make("p", {}, say("tests_pass", { count: tests }));
  const names = failed.map((one) => one.test).join(", ");
  return make("p", { class: "warning" }, say("tests_fail", { tests: names }));
}

function keepText(text) {
  const id = chosenSet();
  if (text === original(id).text) delete state.edited[id];
  else state.edited[id] = text;
  fillSets();
}

function typeRule() {
  const rule = chosenRule();
  const before = byId("set-text").value;
  const text = before.slice(0, rule.start) + byId("rule-text").value + before.slice(rule.end);
  const more = text.length - before.length;
  for (const one of state.rules) {
    if (one.start > rule.start) one.start += more;
    if (one.end !== null && one.end >= rule.end) one.end += more;
  }
  byId("set-text").value = text;
  keepText(text);
}

async function seeFlips() {
  if (!state.files.facts.length) return tellStatus("choose_first");
  await working(async () => {
    const id = chosenSet();
    await showRules();
    const answer = await asking("impact", { criteria: editedText(id), original: id });
    const found = answer.json ? JSON.parse(answer.json) : {};
    const shown = [...told(answer), ...flips(found)];
    if (!(id in state.edited)) shown.unshift(make("p", {}, say("no_edit")));
    const files = filesOf("impact", "impact", answer.json, Boolean(found.flips));
    shown.push(make("div", { class: "downloads", role: "group", "aria-label": say("download") }, ...files));
    byId("flips").replaceChildren(...shown);
    byId("flips").focus();
  });
}

function flips(found) {
  if (!found.flips) return [];
  const told = [make("p", {}, say("judged_by_both", { count: found.judged, flips: found.flips.length }))];
  if (!found.flips.length) return [...told, make("p", {}, say("nobody_flips"))];
  const head = ["unit", "year", "old", "new", "because"].map((one) => make("th", { scope: "col" }, say(one)));
  const lines = (side) => (side ? [`${verdict(side.verdict)}: ${side.title}`, ...side.grounds].join("\n  ") : "");
  const body = found.flips.slice(0, MOST_ROWS).map((one) => {
    const because = one.causes.map((cause) => `${say("old")}: ${lines(cause.old)}\n${say("new")}: ${lines(cause.new)}`);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, one.name ?? one.unit),
      make("td", {}, String(one.year)),
      make("td", one.old ? { class: one.old } : {}, verdict(one.old)),
      make("td", one.new ? { class: one.new } : {}, verdict(one.new)),
      make("td", { class: "lines" }, because.join("\n")),
    );
  });
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
  told.push(make("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": say("edit") }, table));
  if (found.flips.length > MOST_ROWS)
    told.push(make("p", {}, say("shown_of", { shown: MOST_ROWS, count: found.flips.length })));
  return told;
}
