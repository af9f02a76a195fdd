// Python, in a thread of its own: it is started, asked, and heard.

const BUTTONS = ["judge", "see-flips", "use-edited"];
const waiting = new Map();
let worker = null;
let asked = 0;

function ask(name, given) {
  return new Promise((resolve, reject) => {
    if (worker === null) throw failing("stopped");
    asked += 1;
    waiting.set(asked, { resolve, reject });
    worker.postMessage({ number: asked, name, given });
  });
}

function hear({ data: { number, stage, answer, failure } }) {
  if (stage) {
    byId("progress").value += 1;
    tellStatus(stage);
    return;
  }
  const { resolve, reject } = waiting.get(number);
  waiting.delete(number);
  if (failure === undefined) resolve(answer);
  else reject(new Error(failure));
}

async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Where Python cannot start, `saying` names what the page says of it.
const failing = (saying, reason = "") => Object.assign(new Error(reason), { saying });

async function start() {
  if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") throw failing("too_old");
  try {
    const code = await unpacked(byId("worker").textContent);
    worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    worker.onmessage = hear;
    worker.onerror = (event) => {
      worker.terminate();
      worker = null;
      for (const { reject } of waiting.values()) reject(new Error(event.message ?? ""));
      waiting.clear();
    };
    const parts = {};
    for (const one of document.querySelectorAll("[data-part]")) {
      parts[one.dataset.part] = one.textContent;
      one.remove();
    }
    const { shipped, python } = await ask("start", { parts });
    state.sets = shipped.sets;
    state.about = { version: shipped.ncriteria, python };
  } catch (error) {
    throw failing("failed", error.message);
  } finally {
    byId("progress").hidden = true;
  }
  speak();
  await showRules();
}

// One task after another. While any is at work the page says so, and what is pressed then comes after it: a field that is
// left for a button begins a task of its own.
let tasks = Promise.resolve();
let left = 0;

function working(task) {
  left += 1;
  tellWork("working");
  tasks = tasks.then(task).then(
    () => ended("ready"),
    (error) => ended(error.saying ?? "went_wrong", { reason: error.message }),
  );
  return tasks;
}

function ended(name, values) {
  left -= 1;
  if (left === 0 || name !== "ready") tellWork(name, values);
}

function tellWork(name, values) {
  tellStatus(name, values);
  for (const id of BUTTONS) byId(id).disabled = state.sets.length === 0;
  document.querySelector("main").setAttribute("aria-busy", String(left > 0));
}

// What a question needs of the files; the others are about what was asked before.
const ABOUT_FILES = ["look", "judge", "impact"];

async function asking(name, more = {}, ...first) {
  const question = JSON.stringify({ ...choices(), ...more });
  const files = ABOUT_FILES.includes(name) ? filesGiven() : null;
  return JSON.parse(await ask(name, { values: [...first, question], files }));
}
