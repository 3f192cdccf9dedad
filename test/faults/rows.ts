/** A row of the fault table of RELIABILITY, the tests that show its promise, and how a command ends then. */
export interface Row {
  readonly fault: string;
  /** `file: title`, the file below `test/`. */
  readonly tests: readonly string[];
  /** Exit code of a writing command; null where it says nothing about one. */
  readonly exit: 0 | 2 | 4 | null;
}

const refusals = "git/apply-refusals.test.ts";
const publish = "git/publish.test.ts";

/** What can go wrong, and where it is shown that nothing is lost. */
export const rows: readonly Row[] = [
  {
    fault: "kill -9 anywhere",
    tests: [
      "faults/killed.test.ts: `$name`, killed before its calls $from, +$every, …: old or new, and the next run heals",
    ],
    exit: 0,
  },
  {
    fault: "power loss",
    tests: [
      "faults/power-loss.test.ts: a power cut during `$name` leaves the old state or the new one, and what was reported as done stays",
    ],
    exit: 0,
  },
  {
    fault: "two clones push",
    tests: [
      `${publish}: a change that was overtaken is made again on what the remote has, without a merge`,
      "faults/clones.test.ts: eight clones publish ten changes each, and every one is on the remote once (round %i)",
    ],
    exit: 0,
  },
  {
    fault: "two clones push the same version with other bytes",
    tests: [
      `${publish}: the same version with other bytes on the remote is refused with both digests`,
      `${publish}: the same change on the remote is done, not made twice`,
    ],
    exit: 2,
  },
  {
    fault: "two processes, one tree",
    tests: [
      "faults/together.test.ts: six processes in one work tree make fifteen changes each, and every one is there once (round %i)",
      "git/apply-together.test.ts: a run that waits too long names the process it waited for",
    ],
    exit: 0,
  },
  {
    fault: "push outcome unknown",
    tests: [`${publish}: a push whose outcome nobody heard is looked up at the remote`],
    exit: 0,
  },
  {
    fault: "remote accepts and hangs",
    tests: [`${publish}: a remote that accepts and says nothing is given up, and the commit is kept`],
    exit: 4,
  },
  {
    fault: "no network",
    tests: [
      "faults/network.test.ts: without a network the commit is kept and said to be not pushed, and the same line publishes it later",
      `${publish}: a remote that is gone leaves the commit here, and a later push works`,
    ],
    exit: 4,
  },
  {
    fault: "remote closes or wants credentials",
    tests: [
      "faults/network.test.ts: a remote that closes the connection at once ends with 4, and the commit is kept",
      "faults/network.test.ts: a remote that wants a password asks nobody without a terminal",
    ],
    exit: 4,
  },
  {
    fault: "remote rejects (hook, protected branch)",
    tests: [`${publish}: a remote that refuses is quoted, and the local commit is kept and named`],
    exit: 4,
  },
  {
    fault: "staged or dirty user work",
    tests: [
      "git/apply-bystanders.test.ts: whatever the user has staged, edited, removed or stashed is untouched, byte for byte",
    ],
    exit: 0,
  },
  {
    fault: "branch moves meanwhile",
    tests: [`${refusals}: a branch that moves at the last moment is refused, and everything is put back`],
    exit: 2,
  },
  {
    fault: "branch checked out in another work tree",
    tests: [`${refusals}: a branch that is checked out elsewhere is refused with the place`],
    exit: 2,
  },
  {
    fault: "detached HEAD",
    tests: ["git/apply.test.ts: a detached HEAD takes the commit, and the receipt says so"],
    exit: 0,
  },
  {
    fault: "unborn branch",
    tests: ["git/apply.test.ts: an unborn branch gets a root commit that holds the plan and nothing else"],
    exit: 0,
  },
  { fault: "bare repository", tests: ["git/apply.test.ts: a bare repository gets the commit only"], exit: 0 },
  {
    fault: "submodule, linked work tree",
    tests: [
      "git/apply.test.ts: a submodule commits to itself",
      "git/apply.test.ts: a linked work tree commits to its own branch and leaves the others alone",
    ],
    exit: 0,
  },
  {
    fault: "sparse checkout",
    tests: ["git/apply-bystanders.test.ts: a file that git keeps out of the work tree stays out"],
    exit: 0,
  },
  {
    fault: "autocrlf, attributes, filters",
    tests: [
      "git/apply-bystanders.test.ts: core.safecrlf does not stop a change",
      "git/apply-bystanders.test.ts: a filter of the user that stores other bytes does not change what we commit",
    ],
    exit: 0,
  },
  {
    fault: "case-only or NFC/NFD twins",
    tests: [`${refusals}: a name that differs from a committed one only by case is refused`],
    exit: 2,
  },
  {
    fault: "symlinked directory",
    tests: [`${refusals}: a link on the way out of the repository is refused`],
    exit: 2,
  },
  {
    fault: "huge file",
    tests: ["git/read-files.test.ts: a file over the limit is not read, on disk and as a blob"],
    exit: null,
  },
  {
    fault: "BOM, invalid UTF-8, NUL",
    tests: [
      "git/read-files.test.ts: a file that is not UTF-8 names the line, column and offset of the first wrong byte",
      "git/read-files.test.ts: a byte order mark and NUL reach the parser unchanged",
    ],
    exit: null,
  },
  {
    fault: "failing hook",
    tests: [
      "git/hooks.test.ts: a pre-commit hook that refuses is quoted, and nothing is changed",
      `${publish}: a pre-push hook that refuses is quoted, and the local commit is kept`,
    ],
    exit: 2,
  },
  {
    fault: "run inside a hook",
    tests: ["git/hooks.test.ts: inside a pre-commit hook of the same repository a commit is refused at once"],
    exit: 2,
  },
  { fault: "signing on", tests: ["git/hooks.test.ts: a signer that fails changes nothing"], exit: 2 },
  {
    fault: "no user.name",
    tests: [`${refusals}: without a name the error holds the two lines to type, and nothing is changed`],
    exit: 2,
  },
  {
    fault: "read-only file system",
    tests: ["faults/full-disk.test.ts: on a read-only file system reading works, and writing says so"],
    exit: 2,
  },
  {
    fault: "read-only folder",
    tests: [`${refusals}: a folder that may not be written leaves everything as it was`],
    exit: 2,
  },
  {
    fault: "disk full",
    tests: [
      "faults/full-disk.test.ts: on a full disk nothing is changed, and with room the same command works",
      "faults/failing.test.ts: `$name` with $kind at its calls $from, +$every, …: a true answer, and the next run succeeds",
    ],
    exit: 2,
  },
  {
    fault: "a git process fails or is killed",
    tests: [
      "faults/failing.test.ts: `$name` with $kind at git $from, +$every, …: a true answer, and the next run succeeds",
    ],
    exit: 2,
  },
  {
    fault: "safe.directory",
    tests: ["git/repository.test.ts: a repository that git does not trust passes git's advice on"],
    exit: 2,
  },
  {
    fault: "old git",
    tests: ["git/repository.test.ts: a git that is too old says so and names the floor"],
    exit: 2,
  },
  { fault: "sha256 repository", tests: ["git/apply.test.ts: a SHA-256 repository works the same"], exit: 0 },
  {
    fault: "locale, pager, colour, aliases, external diff",
    tests: [
      "git/environment.test.ts: a hostile environment changes nothing that is read",
      "git/history.test.ts: the user's settings for git log and diff change nothing",
      "operations/same-everywhere.test.ts: a git that speaks German changes no word of any command",
      "operations/same-everywhere.test.ts: %s change no word of any command",
    ],
    exit: 0,
  },
  {
    fault: "clock wrong or going back",
    tests: ["git/apply.test.ts: the date of a commit is never before its parent's"],
    exit: 0,
  },
];
