// Python, in a thread of its own. It is given the parts of the page once, then one question after another.
"use strict";

let python = null;
let desk = null;

const tell = (stage) => postMessage({ stage });

async function unpacked(parts) {
  const files = {};
  for (const [name, text] of Object.entries(parts)) {
    const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    files[name] = new Uint8Array(await new Response(stream).arrayBuffer());
  }
  return files;
}

const addressOf = (bytes) => URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));

// Pyodide asks for its parts by address. Each is given from the page; there is no other way out.
function answerFetches(files) {
  globalThis.fetch = async (asked) => {
    const name = String(asked.url ?? asked).split("/").pop();
    if (!(name in files)) throw new TypeError(`the page does not carry ${name}, and asks nobody for it`);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "content-type": type } });
  };
}

// From a disk a browser starts no worker that is a module. Pyodide refuses any other, for it looks whether this is there;
// it loads its parts by import() all the same.
globalThis.importScripts = () => {
  throw new TypeError("scripts are imported as modules");
};

async function start(parts) {
  tell("unpacking");
  const files = await unpacked(parts);
  answerFetches(files);
  tell("starting");
  const { default: createPyodideModule } = await import(addressOf(files["pyodide.asm.mjs"]));
  const { loadPyodide } = await import(addressOf(files["pyodide.mjs"]));
  python = await loadPyodide({
    indexURL: "https://page.invalid/",
    createPyodideModule,
    lockFileContents: new TextDecoder().decode(files["pyodide-lock.json"]),
    stdout: () => {},
    stderr: (line) => console.error(line),
  });
  tell("reading");
  const place = python.runPython("import sysconfig; sysconfig.get_path('purelib')");
  python.unpackArchive(files["packages.zip"], "zip", { extractDir: place });
  desk = python.pyimport("ncriteria.browser").Desk();
  return { shipped: JSON.parse(desk.sets()), python: python.runPython("import platform; platform.python_version()") };
}

function asked(name, { values, files }) {
  if (files === null) return desk[name](...values);
  const given = python.toPy(files);
  try {
    return desk[name](...values, given);
  } finally {
    given.destroy();
  }
}

onmessage = async ({ data }) => {
  const { number, name, given } = data;
  try {
    const answer = name === "start" ? await start(given.parts) : asked(name, given);
    postMessage({ number, answer });
  } catch (error) {
    postMessage({ number, failure: String(error.stack ?? error) });
  }
};
