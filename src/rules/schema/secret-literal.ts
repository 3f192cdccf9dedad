import { rule, type Violation } from "../rule.js";

/** What credentials look like; the kind names whose they are. Public forms only, with enough length to be none by chance. */
const kinds: readonly { readonly kind: string; readonly looks: RegExp }[] = [
  { kind: "a private key", looks: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { kind: "an AWS access key", looks: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { kind: "an Anthropic key", looks: /\bsk-ant-[\w-]{20,}/ },
  { kind: "an API key", looks: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}/ },
  { kind: "a GitHub token", looks: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/ },
  { kind: "a GitLab token", looks: /\bglpat-[\w-]{20,}/ },
  { kind: "a Slack token", looks: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { kind: "a Google API key", looks: /\bAIza[\w-]{35}/ },
  { kind: "a Stripe key", looks: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { kind: "a signed token", looks: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { kind: "a password in an address", looks: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/{]+:[^\s:@/{]{6,}@[\w.-]+/ },
  {
    kind: "a secret",
    looks:
      /\b(?:api[_-]?key|secret|access[_-]?token|password|passwd)["']?\s*[:=]\s*["']?(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20,}/i,
  },
];

export default rule({
  id: "schema-secret-literal",
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "no version holds what looks like a credential",
  why: "A version is copied to every clone, bundle and model provider, and its bytes stay in the history for ever.",
  wrong: "Call the search with the key sk-proj-…",
  right: "Call the search with the key {{ search_key }}",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const { path: file, name: prompt, version, text } of versions) {
      for (const [index, line] of text.split("\n").entries()) {
        for (const { kind, at } of secretsIn(line)) {
          const message = `line ${index + 1} looks like ${kind} (value hidden)`;
          const hint =
            "revoke it, then pass it as an input or remove it; the history keeps what was committed";
          yield { message, hint, file, prompt, version, line: index + 1, column: at + 1, data: { kind } };
        }
      }
    }
  },
});

/** The credentials of a line, each told once, by the most exact kind. */
function* secretsIn(line: string): Iterable<{ readonly kind: string; readonly at: number }> {
  if (line.length > 100_000) return;
  for (const { kind, looks } of kinds) {
    const found = looks.exec(line);
    if (found === null || isPlaceholder(found[0])) continue;
    yield { kind, at: found.index };
    return;
  }
}

/** Words that documentation puts in the place of a value: few different characters, or an ellipsis. */
function isPlaceholder(value: string): boolean {
  return new Set(value.replace(/^.*[-_:=@/]/, "")).size < 5 && !value.startsWith("-----");
}
