// What is answered: problems, verdicts, and files to take away.

function told(answer) {
  const list = (kind, heading, problems) =>
    problems.length
      ? [make("h3", {}, say(heading)), ...problems.map((one) => make("p", { class: kind }, one.text))]
      : [];
  return [...list("problem", "problems", answer.problems), ...list("warning", "warnings", answer.warnings)];
}

const verdict = (value) => (value ? say(`verdict_${value}`) : "");
const MOST_ROWS = 300;

async function judge() {
  if (!state.files.facts.length) return tellStatus("choose_first");
  await working(async () => {
    const answer = await asking("judge");
    const found = answer.json ? JSON.parse(answer.json) : {};
    byId("result").replaceChildren(...told(answer), ...passedOver(found.summary));
    byId("downloads").replaceChildren();
    byId("view").replaceChildren();
    if (found.judgements?.length) await showVerdicts();
    else byId("result").append(make("p", {}, say("nothing_judged")));
    byId("downloads").append(...filesOf("evaluate", tableName(), answer.json, Boolean(found.judgements)));
    byId("result-section").hidden = false;
    byId("result-heading").focus();
  });
}

function passedOver(summary) {
  const counts = Object.entries(summary?.passed_over ?? {}).map(([level, count]) => `${say(`level_${level}`)}: ${count}`);
  return counts.length ? [make("p", { class: "warning" }, say("passed_over", { counts: counts.join("; ") }))] : [];
}

// The verdicts stand in a page of their own, which is kept apart: it reaches nothing of this one.
async function showVerdicts() {
  const { html, ...answer } = await asking("page");
  byId("result").append(...told(answer));
  if (!html) return;
  const frame = make("iframe", { title: say("view"), sandbox: "allow-scripts allow-modals" });
  frame.srcdoc = html;
  byId("view").append(frame);
  byId("downloads").append(download(say("download_page"), `${tableName()}.html`, () => html, "text/html"));
}

const tableName = () => state.files.facts[0].name.replace(/\.[^.]*$/, "");
const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// What can be taken away of an answer; Python writes it when it is asked for.
function filesOf(command, name, json, isFound) {
  const written = (ending) => async () => {
    const { content, problems } = await asking("written", { ending }, command);
    if (problems.length) throw new Error(problems[0].text);
    return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  };
  const files = [];
  if (isFound) {
    files.push(download(say("download_workbook"), `${name}.xlsx`, written(".xlsx"), WORKBOOK));
    files.push(download(say("download_csv"), `${name}.csv`, written(".csv"), "text/csv"));
  }
  if (json) files.push(download(say("download_json"), `${name}.json`, () => json, "application/json"));
  return files;
}

function save(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function download(label, name, content, type) {
  const button = make("button", { type: "button", class: "plain" }, label);
  button.onclick = () => working(async () => save(name, await content(), type));
  return button;
}
