import { rule } from "../rule.js";

/** Found by `audit`, which reads the states of all commits; a check of one tree cannot know. */
export default rule({
  id: "registry-trail-false",
  category: "registry",
  severity: "error",
  scope: "base",
  checks:
    "the trailers of a commit tell every move that it made, and no other; `promptsync audit` looks at all commits",
  why: "`promptsync log` believes the trailers of our commits: a move that they hide is one that nobody sees.",
  wrong: "a commit that moves qualify-lead@production, with the trailers of another move",
  right: 'promptsync alias set production qualify-lead@1.2.0 --reason "fewer complaints"',
});
