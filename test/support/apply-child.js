// Applies a plan in a process of its own, and kills it right before effect number `killAt` (0: never).
// Arguments: the folder of the compiled sources, and a JSON object { directory, plan, killAt, lockLimit, tries, commit }.
// With `tries`, a plan that came too late is made again for the new HEAD. Prints one JSON line.
const [sources, request] = process.argv.slice(2);
const { directory, plan, killAt = 0, lockLimit = 20_000, tries = 1, commit = true } = JSON.parse(request);
const { apply } = await import(`${sources}/store/apply/apply.js`);
const { openRepository } = await import(`${sources}/store/git/repository.js`);

let step = 0;
const onStep = () => {
  if (++step === killAt) process.kill(process.pid, "SIGKILL");
};

async function once() {
  const repository = await openRepository(directory, { environment: process.env, cwd: directory });
  const made = { ...plan, base: plan.base ?? repository.head.commit };
  try {
    return await apply(repository, made, { now: new Date(), lockLimit, onStep, commit });
  } finally {
    repository.close();
  }
}

for (let left = tries; ; left--) {
  try {
    process.stdout.write(`${JSON.stringify({ receipt: await once(), steps: step })}\n`);
    break;
  } catch (error) {
    if (error.code === "HEAD_MOVED" && left > 1) continue;
    process.stdout.write(
      `${JSON.stringify({ error: { code: error.code, message: String(error), hint: error.hint } })}\n`,
    );
    break;
  }
}
