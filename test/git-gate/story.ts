import { createDesk, type Desk } from "../support/desk.js";
import type { World } from "../support/terminal.js";

/** A version file of `triage`. */
export const triage = (version: string, body = "Sort this: {{ ticket }}", lines = ""): string =>
  `---\nname: triage\nversion: "${version}"\n${version === "1.0.0" ? "" : "summary: Sorts better\n"}input:\n  schema:\n    ticket: string\n${lines}---\n${body}\n`;

export const home = "prompt-templates/support/triage";

export const state = `schema: promptsync/v1
prompts:
  triage:
    owner: team-support
    default: "1.1.0"
`;

/** A repository whose `main` has two versions, with `origin` beside it; the desk stands on the branch `work`. */
export function openBranch(): Desk {
  const desk = createDesk({
    files: {
      "prompt-templates/promptsync.yaml": state,
      [`${home}/1.0.0.md`]: triage("1.0.0"),
      [`${home}/1.1.0.md`]: triage("1.1.0", "Sort this ticket: {{ ticket }}"),
    },
  });
  desk.git("clone", "--quiet", "--bare", desk.directory, "../origin.git");
  desk.git("remote", "add", "origin", `file://${desk.path("../origin.git")}`);
  desk.git("fetch", "--quiet", "origin");
  desk.git("switch", "--quiet", "--create", "work");
  return desk;
}

/** The report of `validate --json`, whatever its exit code. */
export interface Answer {
  readonly exitCode: number;
  readonly stderr: string;
  /** The rules of errors and warnings. */
  readonly found: readonly string[];
  readonly base: { readonly ref: string; readonly sha: string; readonly how: string } | undefined;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly hint: string;
    readonly message: string;
    readonly introduced: string;
    readonly fingerprint: string;
  }[];
  readonly skipped: readonly unknown[];
  readonly summary: Readonly<Record<string, number>>;
}

/** Runs `validate --json` with more words. */
export async function validate(desk: Desk, words = "", world: World = {}): Promise<Answer> {
  const { stdout, stderr, exitCode } = await desk.type(`validate --json ${words}`, world);
  const report = stdout === "" ? {} : (JSON.parse(stdout) as Partial<Answer>);
  const { findings = [], base, skipped = [], summary = {} } = report;
  const found = findings.filter(({ severity }) => severity !== "info").map(({ rule }) => rule);
  return { exitCode, stderr, base, findings, skipped, summary, found };
}

/** The environment of a GitHub Actions job; the payload is written beside the repository. */
export function githubEvent(desk: Desk, name: string, payload: object, ref = ""): World {
  desk.write({ "../event.json": JSON.stringify(payload) });
  const environment = Object.fromEntries(
    Object.entries(desk.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const event = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: desk.path("../event.json"), GITHUB_REF: ref };
  return { environment: { ...environment, ...event } };
}
