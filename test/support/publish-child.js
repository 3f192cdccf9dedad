// Publishes plans one after the other in a process of its own; exits with 1 when one of them was refused.
// Arguments: the folder of the compiled sources, and a JSON object { directory, plans }.
const [sources, request] = process.argv.slice(2);
const { directory, plans } = JSON.parse(request);
const { publish } = await import(`${sources}/store/apply/publish.js`);
const { openRepository } = await import(`${sources}/store/git/repository.js`);

for (const plan of plans) {
  const repository = await openRepository(directory, { environment: process.env, cwd: directory });
  try {
    await publish(
      repository,
      { ...plan, base: repository.head.commit },
      { remote: "origin", now: new Date(), replan: async (commit) => ({ ...plan, base: commit }) },
    );
  } catch (error) {
    process.stderr.write(`${error.stack}\n${error.hint}\n`);
    process.exitCode = 1;
  } finally {
    repository.close();
  }
}
