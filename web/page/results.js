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
  if (!state.facts) return tellStatus("choose_first");
  await working(async () => {
    const answer = await asking("judge");
    const found = answer.json ? JSON.parse(answer.json) : {};
    byId("result").replaceChildren(...told(answer), ...passedOver(found.summary));
    byId("downloads").replaceChildren();
    byId("view").replaceChildren();
    if (found.judgements?.length) await showVerdicts();
    else byId("result").append(make("p", {}, say("nothing_judged")));
    if (answer.json) offer(say("download_json"), "json", answer.json, "application/json");
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
  offer(say("download_page"), "html", html, "text/html");
}

// A file to take away, called as the table is.
function offer(label, ending, content, type) {
  const name = state.facts.name.replace(/\.[^.]*$/, "");
  byId("downloads").append(download(label, `${name}.${ending}`, () => content, type));
}

function save(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function download(label, name, content, type) {
  const button = make("button", { type: "button", class: "plain" }, label);
  button.onclick = async () => save(name, await content(), type);
  return button;
}
