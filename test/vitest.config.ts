import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000, // no test waits that long: it is for machines that do other things too
    hookTimeout: 120_000,
    typecheck: { enabled: false },
  },
});
