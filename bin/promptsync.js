#!/usr/bin/env node
// CommonJS, as package.json beside it says: an ES module would start later.
"use strict";

const words = process.argv.slice(2);

if (words[0] === "--version" || words[0] === "-V") {
  const { version } = require("../package.json");
  require("node:fs").writeSync(1, `${version}\n`); // opening process.stdout would take longer than all the rest
} else {
  // The one exit that does not wait: nothing may be written once the user has said stop. The store is built for it.
  process.on("SIGINT", () => process.exit(130));

  const load = require("./load.js")(words[0]);
  const { main, processTerminal } = load("./start.cjs");
  void main(words, processTerminal()).then((code) => {
    process.exitCode = code;
  });
}
