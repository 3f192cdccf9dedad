import { isPromptSyncError } from "../../core/errors.js";
import { stateFileName } from "../../core/layout.js";
import { entryOf } from "../../core/state/state.js";
import { attributesFile, hookManagers, mergeAttribute } from "../../plans/init-files.js";
import type { CloneFacts, Facts } from "../../store/read-facts.js";

/** One thing that was looked at; the hint says what to type when it is not as it should be. */
export interface Check {
  readonly id: string;
  readonly ok: boolean;
  readonly message: string;
  readonly hint: string | null;
}

type Verdict = Omit<Check, "id"> | undefined;

const good = (message: string): Verdict => ({ ok: true, message, hint: null });
const bad = (message: string, hint: string): Verdict => ({ ok: false, message, hint });

/** What is judged about the machine. */
const machineChecks: Readonly<Record<string, (facts: Facts) => Verdict>> = {
  "git-version": ({ git }) =>
    isAtLeast(git, [2, 36])
      ? good(`git ${git}`)
      : bad(`git ${git} is older than 2.36`, "install git 2.36 or newer"),
  "node-version": ({ node }) =>
    isAtLeast(node, [20, 0])
      ? good(`Node ${node}`)
      : bad(`Node ${node} is older than 20`, "install Node 20 or newer"),
};

/** What is judged about the clone; undefined where there is nothing to judge. */
const cloneChecks: Readonly<Record<string, (facts: CloneFacts) => Verdict>> = {
  settings({ configProblem: problem }) {
    if (problem === undefined) return good("the settings can be read");
    const place = `${problem.file ?? ".promptsyncrc"}:${problem.line ?? 1}`;
    return bad(`${place}: ${problem.message}`, problem.hint ?? "mend the file");
  },
  registry: ({ hasRegistry, config }) =>
    hasRegistry
      ? good(`the registry is \`${config.registry}\``)
      : bad(`there is no registry \`${config.registry}\``, "promptsync init"),
  state({ state, stateProblem: problem, config }) {
    const file = `${config.registry}/${stateFileName}`;
    if (problem !== undefined)
      return bad(`${file}:${problem.line ?? 1}: ${problem.message}`, problem.hint ?? "mend the file");
    return state === undefined ? undefined : good(`\`${file}\` can be read`);
  },
  drafts({ drafts, config }) {
    if (!drafts.exists)
      return bad(
        `the drafts folder \`${config.drafts}\` is missing`,
        "promptsync new <name>, or set `drafts` in .promptsyncrc",
      );
    if (!drafts.ignored) return good(`drafts are in \`${config.drafts}\``);
    return bad(
      `git ignores the drafts in \`${config.drafts}\``,
      `git check-ignore --verbose ${config.drafts}/draft.md shows the line to remove`,
    );
  },
  "pre-commit-hook"({ hook, texts }) {
    const [manager, snippet] =
      Object.entries(hookManagers).find(([file]) => managerText(texts, file) !== undefined) ?? [];
    if (hook !== undefined && !hook.executable)
      return bad(
        `the hook \`${hook.path}\` is not executable, so git does not run it`,
        `chmod +x '${hook.path}'`,
      );
    const calls = (text: string | undefined): boolean => text?.includes("promptsync") === true;
    if (calls(hook?.text)) return good("the pre-commit hook checks prompts");
    if (manager !== undefined) {
      return calls(managerText(texts, manager))
        ? good(`\`${manager}\` checks prompts before each commit`)
        : bad(`\`${manager}\` does not run PromptSync`, `add this to it:\n${snippet ?? ""}`);
    }
    if (hook === undefined) return good("no pre-commit hook; `promptsync init --hooks` makes one");
    return bad(
      "the pre-commit hook does not run PromptSync",
      `add this line to \`${hook.path}\`: npx promptsync validate --staged`,
    );
  },
  base({ base }) {
    if (!isPromptSyncError(base)) return good(`compares with ${base.ref} (${base.how})`);
    return bad(base.message, base.hint ?? "set `base` in .promptsyncrc");
  },
  history({ shallow, ci, base }) {
    if (!shallow) return good("the clone has its history");
    if (!isPromptSyncError(base)) return good("the clone is shallow, and deep enough to compare");
    const how = ci
      ? "`fetch-depth: 2` for actions/checkout, `GIT_DEPTH: 0` in GitLab"
      : "git fetch --unshallow";
    return bad("the clone is shallow and does not reach what to compare with", how);
  },
  attributes({ hasRegistry, attributes, texts, config }) {
    if (!hasRegistry) return undefined;
    if (attributes.text === "unset") return good("git keeps the bytes of version files");
    const file = attributesFile(config.registry);
    return texts.has(file)
      ? bad(`\`${file}\` lets git change line ends`, "add the line `* -text` to it")
      : bad(`\`${file}\` is missing: git may change line ends, and digests with them`, "promptsync init");
  },
  "line-ends"({ hasRegistry, autocrlf, attributes }) {
    if (!hasRegistry) return undefined;
    if (autocrlf !== "true" || attributes.text === "unset") return good("line ends stay as they are stored");
    return bad(
      "core.autocrlf is true, and no attribute protects the registry: version files get CRLF here",
      "promptsync init, then git add --renormalize .",
    );
  },
  "merge-driver"({ attributes, hasMergeDriver, ci }) {
    const wanted = mergeAttribute.trim();
    if (attributes.merge !== "promptsync")
      return good("promptsync.yaml is merged line by line; `promptsync init --hooks` offers more");
    if (hasMergeDriver || ci) return good("promptsync.yaml is merged on its values");
    return bad(`the attribute \`${wanted}\` has no driver in this clone`, "promptsync init --hooks");
  },
  "production-alias"({ state }) {
    if (state === undefined) return undefined;
    const alias = state.project?.default_alias ?? "production";
    if (entryOf(state.aliases, alias)?.protected === true) return good(`the alias \`${alias}\` is protected`);
    return bad(
      `the alias \`${alias}\` is not protected: anybody's commit changes what it serves`,
      `set \`protected: true\` under \`aliases: ${alias}:\` in promptsync.yaml`,
    );
  },
};

/** The ids of all checks, in their order. */
export const checkIds: readonly string[] = [...Object.keys(machineChecks), ...Object.keys(cloneChecks)];

/** Judges the facts; what does not apply is left out. */
export function judgeFacts(facts: Facts): readonly Check[] {
  const { clone } = facts;
  const verdicts: [string, Verdict][] = [
    ...Object.entries(machineChecks).map(([id, check]): [string, Verdict] => [id, check(facts)]),
    ...Object.entries(cloneChecks).map(([id, check]): [string, Verdict] => [
      id,
      clone === undefined ? undefined : check(clone),
    ]),
  ];
  return verdicts.flatMap(([id, verdict]) => (verdict === undefined ? [] : [{ id, ...verdict }]));
}

/** What a hook manager's file says; husky keeps one file a hook in its folder. */
function managerText(texts: CloneFacts["texts"], file: string): string | undefined {
  return texts.get(file) ?? texts.get(`${file}/pre-commit`);
}

function isAtLeast(version: string, wanted: readonly [major: number, minor: number]): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}
