import tseslint from "typescript-eslint";

/**
 * The layers of src, lowest first; the number is the floor. A file imports only from floors below its own and
 * from its own folder; folders on one floor do not know each other.
 */
const floors = {
  core: 0,
  template: 1,
  "schema-compat": 1,
  compare: 2,
  render: 2,
  diff: 2,
  gates: 3,
  plans: 3,
  rules: 3,
  findings: 3,
  formats: 3,
  scan: 3,
  analytics: 3,
  store: 1,
  sdk: 4,
  operations: 4,
  cli: 5,
};

/** Exceptions to the floor numbers: `store` stands beside the pure layers and knows only `core`. */
const mayImport = (from, to) => {
  if (from === to) return true;
  if (from === "store") return to === "core";
  if (to === "store") return from === "operations" || from === "sdk" || from === "cli";
  return floors[to] < floors[from];
};

const names = Object.keys(floors);
const layers = names.map((name) => ({
  files: [`src/${name}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: names
          .filter((other) => !mayImport(name, other))
          .map((other) => ({
            regex: `^(\\.\\./)+${other}/`,
            message: `src/${name} must not import from src/${other} (see the layers in .config/eslint.config.js)`,
          })),
      },
    ],
  },
}));

const pure = [
  "core",
  "template",
  "schema-compat",
  "compare",
  "diff",
  "gates",
  "plans",
  "rules",
  "findings",
  "formats",
  "scan",
  "analytics",
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "test/fixtures/", "src/core/schema/validators/"] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: ["error", "always"],
    },
  },
  ...layers,
  {
    files: pure.map((name) => `src/${name}/**/*.ts`),
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "the pure layers read no environment" },
        { name: "console", message: "the pure layers do not print" },
        { name: "fetch", message: "the pure layers do no I/O" },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "the clock is an argument" },
        { object: "Math", property: "random", message: "chance is an argument" },
      ],
    },
  },
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
);
