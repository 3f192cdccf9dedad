// Loads the files of the bundle, and keeps what V8 made of them: compiling is a third of the start-up. One file for
// each command in dist/bin/compiled, which is as trustworthy as the code beside it, and written by its owner alone;
// where nothing can be written, or with NODE_DISABLE_COMPILE_CACHE, every run compiles.
"use strict";
const fs = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const folder = join(__dirname, "..", "dist", "bin");
const commandName = /^(?!(aux|con|nul|prn)$)[a-z-]{1,40}$/; // those four are devices on Windows
const wrapper = ["(function(exports,require,module,__filename,__import){", "\n})"];

/** Makes the `require` of the bundle; `command` is the first word of the line. */
module.exports = function createLoader(command) {
  const isOff = process.env.NODE_DISABLE_COMPILE_CACHE !== undefined;
  const store = isOff ? undefined : openStore(commandName.test(command ?? "") ? command : "line");
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
  // Ctrl-C ends without another word, and what ends with 2 may be no command. Every other end keeps what was compiled.
  process.on("exit", (code) => code === 130 || code === 2 || store?.keep());
  return load;
};

function compile(filename, store) {
  const source = fs.readFileSync(filename, "latin1"); // the build made it ASCII
  const id = source.slice(-16); // and ended it with its hash
  const cachedData = store?.find(id);
  const columnOffset = -wrapper[0].length;
  const script = new Script(wrapper.join(source), { filename, columnOffset, cachedData });
  store?.add(id, script);
  return script;
}

/** The compiled code of one command: a table of `[id, length]` as JSON on the first line, then the bytes. */
function openStore(command) {
  const path = join(folder, "compiled", `${process.version}-${process.platform}-${process.arch}`, command);
  const known = readStore(path);
  const scripts = new Map();
  let isComplete = true;

  const keep = () => {
    if (isComplete) return;
    const entries = new Map(known);
    for (const [id, script] of scripts) entries.set(id, script.createCachedData());
    writeStore(path, entries);
  };
  const add = (id, script) => {
    // V8 refuses what was compiled with other flags or for another processor. It says so of the first script; later
    // ones it may refuse because the command has changed a flag meanwhile.
    if (scripts.size === 0 && script.cachedDataRejected) known.clear();
    isComplete &&= known.has(id);
    scripts.set(id, script);
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
  const draft = `${path}.${Math.random().toString(36).slice(2)}`; // processes of two containers may share an id
  const table = [...entries].map(([id, bytes]) => [id, bytes.length]);
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(table)}\n`), ...entries.values()]);
  try {
    // What root wrote into a user's packages, the user could not remove.
    if (process.getuid !== undefined && process.getuid() !== fs.statSync(folder).uid) return;
    makeFolder(join(path, "../.."));
    makeFolder(join(path, ".."));
    const file = fs.openSync(draft, "wx");
    const written = fs.writeSync(file, bytes);
    fs.fsyncSync(file);
    fs.closeSync(file);
    // A disk that fills up takes the first part without a word.
    if (written === bytes.length) return fs.renameSync(draft, path);
  } catch {
    // a package that cannot be written to, a full disk, or somebody else's folder: the next run compiles again
  }
  remove(draft);
}

/** Makes one folder, and not those above it: the package may be gone since it was started. */
function makeFolder(path) {
  try {
    fs.mkdirSync(path);
  } catch {
    // it is there, or what is written into it will say
  }
}

function remove(path) {
  try {
    fs.rmSync(path, { force: true });
  } catch {
    // nobody may look there
  }
}
