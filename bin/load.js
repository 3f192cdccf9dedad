// Loads the files of the bundle, and keeps what V8 made of them: compiling is a third of the start-up. One file for
// each command in dist/bin/compiled, which is as trustworthy as the code beside it; where nothing can be written, or
// with NODE_DISABLE_COMPILE_CACHE, every run compiles.
"use strict";
const fs = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const folder = join(__dirname, "..", "dist", "bin");
const wrapper = ["(function(exports,require,module,__filename,__import){", "\n})"];

/** Makes the `require` of the bundle; `command` is the first word of the line. */
module.exports = function createLoader(command) {
  const isOff = process.env.NODE_DISABLE_COMPILE_CACHE !== undefined;
  const store = isOff ? undefined : openStore(/^[a-z-]+$/.test(command ?? "") ? command : "line");
  const modules = new Map();

  const load = (name) => {
    if (!name.startsWith("./")) return require(name);
    let module = modules.get(name);
    if (module === undefined) {
      module = { exports: {} };
      modules.set(name, module);
      const filename = join(folder, name);
      const run = compile(filename, store).runInThisContext();
      run(module.exports, load, module, filename, (other) => import(other));
    }
    return module.exports;
  };
  // Ctrl-C ends without another word; every other end keeps what was compiled.
  process.on("exit", (code) => code === 130 || store?.keep());
  return load;
};

function compile(filename, store) {
  const source = fs.readFileSync(filename, "latin1"); // the build made it ASCII
  const id = source.slice(-16); // and ended it with its hash
  const cachedData = store?.find(id);
  const columnOffset = -wrapper[0].length;
  const script = new Script(wrapper.join(source), { filename, columnOffset, cachedData });
  store?.add(id, script, cachedData !== undefined);
  return script;
}

/** The compiled code of one command: a table of `[id, length]` as JSON on the first line, then the bytes. */
function openStore(command) {
  const path = join(folder, "compiled", `${process.version}-${process.arch}`, command);
  const known = readStore(path);
  const scripts = new Map();
  let isComplete = true;

  const keep = () => {
    if (isComplete) return;
    const entries = new Map(known);
    for (const [id, script] of scripts) entries.set(id, script.createCachedData());
    writeStore(path, entries);
  };
  const add = (id, script, wasKnown) => {
    scripts.set(id, script);
    isComplete &&= wasKnown;
  };
  return { find: (id) => known.get(id), add, keep };
}

function readStore(path) {
  try {
    const bytes = fs.readFileSync(path);
    const start = bytes.indexOf(10) + 1;
    const table = JSON.parse(bytes.toString("latin1", 0, start));
    let at = start;
    const parts = table.map(([id, length]) => [id, bytes.subarray(at, (at += length))]);
    if (at === bytes.length) return new Map(parts);
  } catch {
    // not there yet, not for us, or damaged
  }
  return new Map(); // the code is compiled
}

/** Replaces the file in one step. It is on the disk before it has its name: V8 believes what it reads. */
function writeStore(path, entries) {
  try {
    fs.mkdirSync(join(path, ".."), { recursive: true });
  } catch {
    return; // a package that cannot be written to: the next run compiles again
  }
  const draft = `${path}.${process.pid}`;
  const table = [...entries].map(([id, bytes]) => [id, bytes.length]);
  try {
    const file = fs.openSync(draft, "wx");
    fs.writevSync(file, [Buffer.from(`${JSON.stringify(table)}\n`), ...entries.values()]);
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.renameSync(draft, path);
  } catch {
    fs.rmSync(draft, { force: true }); // a full disk, or somebody else's folder
  }
}
