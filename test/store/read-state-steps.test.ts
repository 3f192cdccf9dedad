import { beforeAll, expect, test } from "vitest";
import { readHistory } from "../../src/store/git/history.js";
import { openRepository, type Repository } from "../../src/store/git/repository.js";
import { readStateSteps, type StateStep } from "../../src/store/read-state-steps.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const files = [{ path: home }, { path: `${registry}/refund/promptsync.yaml`, prompt: "refund" }];
const state = (version: number): string =>
  `schema: promptsync/v1\nprompts:\n  refund:\n    default: "${version}.0.0"\n`;

let sandbox: Sandbox;

/** 100 commits, of which few touch the state: two beyond the nearest, by git's own names, and a merge. */
beforeAll(() => {
  sandbox = createSandbox({ files: { [home]: state(0) } });
  for (let index = 1; index <= 100; index++) {
    sandbox.environment.GIT_AUTHOR_NAME = `Author ${index} <`;
    sandbox.environment.GIT_COMMITTER_DATE = `2026-02-01T00:${String(index % 60).padStart(2, "0")}:00Z`;
    if ([5, 20, 60, 70, 97].includes(index)) sandbox.write({ [home]: state(index) });
    if (index === 70) sandbox.git("config", "i18n.commitEncoding", "ISO-8859-1");
    if (index === 71) sandbox.git("config", "--unset", "i18n.commitEncoding");
    if (index === 90) {
      sandbox.git("switch", "--quiet", "--create", "aside", "HEAD~3");
      sandbox.write({ [home]: state(90) });
      sandbox.commit("aside");
      sandbox.git("switch", "--quiet", "main");
      sandbox.git("merge", "--quiet", "--no-ff", "-m", "both", "aside");
    } else sandbox.commit(`change ${index}`);
  }
});

async function opened(): Promise<Repository> {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  await repository.objects.info(["HEAD"]);
  return repository;
}

const defaultOf = ({ before, after }: StateStep): string =>
  [before, after]
    .map(({ state: { prompts } }) => prompts?.["refund"]?.default?.split(".")[0] ?? "-")
    .join(" ");

async function read(isEnough: (step: StateStep) => boolean = () => false) {
  const repository = await opened();
  const processes = repository.git.processes;
  const steps: StateStep[] = [];
  for await (const step of readStateSteps(repository, {
    prompt: "refund",
    from: sandbox.head() ?? "",
    home,
    files,
  })) {
    steps.push(step);
    if (isEnough(step)) break;
  }
  repository.close();
  return { steps, processes: repository.git.processes - processes };
}

test("the nearest commits and those far away are told as one history, as git tells it", async () => {
  const { steps, processes } = await read();
  const repository = await opened();
  const paths = files.map(({ path }) => path);
  const expected = await readHistory(repository, { paths, firstParent: true });
  repository.close();
  expect(steps.map(({ commit: { commit, author, date } }) => ({ commit, author, date }))).toEqual(
    expected.map(({ commit, author, date }) => ({ commit, author, date })),
  );
  expect(steps.map(defaultOf)).toEqual(["90 97", "70 90", "60 70", "20 60", "5 20", "0 5", "- 0"]);
  expect(processes).toBe(1);
});

test("what is near costs no git process", async () => {
  expect((await read((step) => defaultOf(step) === "70 90")).processes).toBe(0);
  expect((await read((step) => defaultOf(step) === "60 70")).processes).toBe(1); // its author is in another encoding
});

test("a history that ends near is told to its end", async () => {
  const short = createSandbox({ files: { [home]: state(1) } });
  const repository = await openRepository(short.directory, {
    environment: short.environment,
    cwd: short.directory,
  });
  const steps: StateStep[] = [];
  for await (const step of readStateSteps(repository, {
    prompt: "refund",
    from: short.head() ?? "",
    home,
    files,
  }))
    steps.push(step);
  repository.close();
  expect(steps.map(defaultOf)).toEqual(["- 1"]);
});
