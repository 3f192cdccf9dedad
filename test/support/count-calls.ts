import { Session } from "node:inspector/promises";

/** Runs something and counts how often functions of our own sources were called meanwhile, by their names. */
export async function countCalls<Name extends string>(
  names: readonly Name[],
  run: () => Promise<unknown>,
): Promise<Record<Name, number>> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await run();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const functions = result
      .filter(({ url }) => url.includes("/src/"))
      .flatMap((script) => script.functions)
      .map(({ functionName, ranges }) => [functionName, ranges[0]?.count ?? 0] as const);
    const calls = (name: Name): number =>
      functions.filter(([it]) => it === name).reduce((sum, [, count]) => sum + count, 0);
    return Object.fromEntries(names.map((name) => [name, calls(name)])) as Record<Name, number>;
  } finally {
    session.disconnect();
  }
}
