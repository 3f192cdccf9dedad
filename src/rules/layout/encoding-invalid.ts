import { foundInVersions, rule } from "../rule.js";

const id = "layout-encoding-invalid";

export default rule({
  id,
  category: "layout",
  severity: "error",
  scope: "static",
  checks: "version files are UTF-8 with LF line ends and without a byte order mark",
  why: "A version's digest is taken over its bytes; an editor or git that changes them changes what was reviewed.",
  wrong: "a file saved as UTF-8 with BOM",
  right: "the same file saved as UTF-8",
  fixable: true,
  checkPrompts: (world) => foundInVersions(id, world),
});
