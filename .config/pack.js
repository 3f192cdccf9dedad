// Makes CommonJS files of ES modules: one of each, or one of all that are packed together. A pack is one scope, so its
// modules name each other directly; others find `read` of its third module as `c2_read`, and the whole module as `c2`.
import { build } from "esbuild";

/** How a module names others; what each pattern finds is the name of the other, without `./` and `.cjs`. */
const imports = /\bimport\s*\{([^}]*)\}\s*from\s*"\.\/([^"]+)\.cjs"/g;
const bareImports = /\bimport\s*"\.\/([^"]+)\.cjs";?/g;
const lateCalls = /__late\("\.\/([^"]+)\.cjs"\)\.(\w+)/g;
const loads = /\bimport\("\.\/([^"]+)\.cjs"\)/g;

/**
 * The code of every file, by its name without `.cjs`. `modules` has the texts by name; they import each other from
 * `./<name>.cjs`, load each other with `import()`, and call `__late("./<name>.cjs").<export>()`. `packOf` names the
 * packs of those that are packed; `open` has the exports that keep their names in their pack, by module.
 */
export async function pack(modules, { packOf, open }) {
  const homeOf = (name) => packOf.get(name) ?? name;
  const members = new Map();
  for (const name of modules.keys()) members.set(homeOf(name), [...(members.get(homeOf(name)) ?? []), name]);
  const prefix = (name) => (packOf.has(name) ? `c${members.get(homeOf(name)).indexOf(name)}` : "");
  const outer = (name, it) => (packOf.has(name) ? `${prefix(name)}_${it}` : it);
  const asked = askedOf(modules, homeOf);

  /** A module's text, with the names that others have in their packs. */
  const textOf = (user) =>
    modules
      .get(user)
      .replaceAll(
        bareImports,
        (_, from) => `import"./${homeOf(user) === homeOf(from) ? from : homeOf(from)}.cjs";`,
      )
      .replaceAll(imports, (whole, names, from) => {
        if (homeOf(user) === homeOf(from)) return whole;
        const renamed = pairs(names).map(([theirs, ours]) => `${outer(from, theirs)} as ${ours}`);
        return `import{${renamed.join()}}from"./${homeOf(from)}.cjs"`;
      });
  /** All that is seen of a pack from outside. */
  const entryOf = (file) =>
    members
      .get(file)
      .flatMap((name) => {
        const from = `from "./${name}.cjs";`;
        const shown = [...asked.get(name)].map((it) =>
          it === "*" ? `* as ${prefix(name)}` : `{${it} as ${outer(name, it)}}`,
        );
        return [...shown, ...(open[name] ?? []).map((it) => `{${it}}`)].map((it) => `export ${it} ${from}`);
      })
      .join("\n");
  const linked = (code) =>
    code
      .replaceAll(lateCalls, (_, name, it) => `require("./${homeOf(name)}.cjs").${outer(name, it)}`)
      .replaceAll(loads, (_, name) => {
        const whole = packOf.has(name) ? `.${prefix(name)}` : "";
        return `Promise.resolve().then(()=>require("./${homeOf(name)}.cjs")${whole})`;
      })
      .replaceAll(/\bimport\(("[^"]+")\)/g, "__import($1)");

  const made = [...members].map(async ([file, names]) => {
    const isPack = packOf.has(names[0]);
    const texts = new Map(names.map((name) => [name, textOf(name)]));
    return [file, linked(await toCommonJs(isPack ? entryOf(file) : texts.get(file), texts))];
  });
  return Promise.all(made);
}

/** The exports that other files name, by module; `*` for a module that is loaded as a whole. */
function askedOf(modules, homeOf) {
  const asked = new Map([...modules.keys()].map((name) => [name, new Set()]));
  for (const [user, text] of modules) {
    for (const [, names, from] of text.matchAll(imports)) {
      if (homeOf(user) !== homeOf(from)) for (const [theirs] of pairs(names)) asked.get(from).add(theirs);
    }
    for (const [, from, it] of text.matchAll(lateCalls)) asked.get(from).add(it);
    for (const [, from] of text.matchAll(loads)) asked.get(from).add("*");
  }
  return asked;
}

/** `a as b,c` as `[["a", "b"], ["c", "c"]]`. */
function pairs(names) {
  return names.split(",").map((it) => {
    const [theirs, ours = theirs] = it.trim().split(" as ");
    return [theirs, ours];
  });
}

/** Puts the modules that an entry names into one scope; everything else is left to `require`. */
async function toCommonJs(entry, texts) {
  const within = {
    name: "within",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, kind }) => {
        if (kind === "entry-point") return { path, namespace: "entry" };
        const name = kind === "import-statement" ? /^\.\/(.+)\.cjs$/.exec(path)?.[1] : undefined;
        return texts.has(name) ? { path: name, namespace: "module" } : { path, external: true };
      });
      onLoad({ filter: /./, namespace: "entry" }, () => ({ contents: entry }));
      onLoad({ filter: /./, namespace: "module" }, ({ path }) => ({ contents: texts.get(path) }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: ["entry"],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    minifyWhitespace: true,
    define: { "import.meta.url": "__url" },
    plugins: [within],
    write: false,
  });
  const code = withOneRequire(withPlainExports(outputFiles[0].text));
  const url = code.includes("__url") ? 'const __url=require("node:url").pathToFileURL(__filename).href;' : "";
  return `"use strict";${url}${code.replace(/^"use strict";/, "")}`;
}

/** Exports that are set once at the end: nobody reads them earlier, and a getter for each would cost more than the code. */
function withPlainExports(text) {
  const code = text.replace(/0&&\(module\.exports=\{[^}]*\}\);?\s*$/, ""); // a hint for importers
  const getters = /(?:var |,)(\w+)=\{\};__export\(\1,\{([^}]*)\}\);module\.exports=__toCommonJS\(\1\);/;
  const [whole, , names] = getters.exec(code) ?? [];
  if (whole === undefined)
    throw new Error(`the exports of a file look other than expected: ${code.slice(-200)}`);
  const set = names.split(",").map((pair) => `exports.${pair.replace(":()=>", "=")};`);
  return `${code.replace(whole, whole.startsWith(",") ? ";" : "")}${code.endsWith("\n") ? "" : "\n"}${set.join("")}`;
}

/** Every module of a pack has a `require` of its own for the same file: the first serves all. */
function withOneRequire(code) {
  const first = new Map();
  const others = new Map();
  const bare = code.replaceAll(
    /var (import_\w+)=(require\("[^"]+"\)|__toESM\(require\("[^"]+"\)\));/g,
    (whole, name, value) => {
      const known = first.get(value);
      if (known === undefined) first.set(value, name);
      else others.set(name, known);
      return known === undefined ? whole : "";
    },
  );
  return bare.replaceAll(/\bimport_\w+/g, (name) => others.get(name) ?? name);
}
