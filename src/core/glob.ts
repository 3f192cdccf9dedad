/**
 * Makes a test for paths with forward slashes. `*` and `?` stay inside a folder, `**` crosses folders, `{a,b}` is
 * either, a trailing `/` means everything inside; hidden files are files like any other. All else stands for itself.
 * The time grows with pattern times path, whatever the pattern: globs come from settings and waivers.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const forms = expandBraces(pattern.endsWith("/") ? `${pattern}**` : pattern).map((form) =>
    form.replace(/^\.?\//, "").split("/"),
  );
  return (path) => {
    const parts = path.split("/");
    return forms.some((form) => matches(form, parts, "**", matchesPart));
  };
}

/** A test for paths that some pattern of a list matches. */
export function anyGlob(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map(globMatcher);
  return (path) => matchers.some((isMatch) => isMatch(path));
}

const expansionLimit = 1000;

/** The patterns without braces that one with braces stands for; braces that say no choice are themselves. */
function expandBraces(pattern: string): readonly string[] {
  let open: readonly string[] = [pattern];
  const done: string[] = [];
  while (open.length > 0) {
    const next: string[] = [];
    for (const form of open) {
      const choice = innermostChoice(form);
      if (choice === undefined || done.length + next.length + open.length > expansionLimit) done.push(form);
      else next.push(...choice.options.map((option) => `${choice.before}${option}${choice.after}`));
    }
    open = next;
  }
  return done;
}

/** The first braces with a comma that hold no braces themselves. */
function innermostChoice(form: string) {
  for (let at = form.indexOf("{"); at >= 0; at = form.indexOf("{", at + 1)) {
    const close = form.indexOf("}", at);
    const inner = form.slice(at + 1, close);
    if (close < 0 || inner.includes("{") || !inner.includes(",")) continue;
    return { before: form.slice(0, at), options: inner.split(","), after: form.slice(close + 1) };
  }
  return undefined;
}

function matchesPart(pattern: string, part: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === part;
  return matches([...pattern], [...part], "*", (one, character) => one === "?" || one === character);
}

/**
 * Matches a list against a pattern in which `wild` stands for any number of items. Only the last wild item ever has
 * to take one more: what came before it has matched already, so there is no other way back.
 */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  wild: string,
  isMatch: (one: string, item: string) => boolean,
): boolean {
  let [at, item, wildAt, resumeAt] = [0, 0, -1, 0];
  while (item < items.length) {
    const one = pattern[at];
    if (one === wild) {
      wildAt = at++;
      resumeAt = item;
    } else if (one !== undefined && isMatch(one, items[item] ?? "")) {
      at++;
      item++;
    } else if (wildAt >= 0) {
      at = wildAt + 1;
      item = ++resumeAt;
    } else return false;
  }
  return pattern.slice(at).every((one) => one === wild);
}
