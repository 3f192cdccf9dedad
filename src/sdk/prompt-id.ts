/** Splits `name@version`; a name alone, and the id of a fallback text, have no version. */
export function partsOfId(id: string): { readonly name: string; readonly version: string | null } {
  const at = id.lastIndexOf("@");
  if (at <= 0) return { name: id, version: null };
  const version = id.slice(at + 1);
  return { name: id.slice(0, at), version: version === fallbackVersion ? null : version };
}

/** What stands for the version of the caller's own text. */
export const fallbackVersion = "fallback";
