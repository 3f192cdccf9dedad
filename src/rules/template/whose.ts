import type { Place } from "../../core/finding.js";
import type { VersionFile } from "../rule.js";
import type { BodyText } from "./bodies.js";

/** Whose a place is, as every violation says it. */
export function at({ path, name, version }: VersionFile, place: Place) {
  return { file: path, prompt: name, version, ...place };
}

/** Where a variable is read: in the template itself, or at the include that reads it. */
export function placeOfUse(body: BodyText, use: BodyText["uses"][number]): Place {
  if (use.template === null) return body.locate(use);
  let name: string | null = use.template;
  for (let turn = 0; turn < body.references.length; turn++) {
    const reference = body.references.find((it) => it.name === name);
    if (reference === undefined) break;
    if (reference.template === null) return body.locate(reference);
    name = reference.template;
  }
  return body.locate({});
}
