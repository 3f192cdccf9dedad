import { defineConfig } from "vitest/config";

/** On demand: `npm i --no-save jsoncompat && npx vitest run --config test/schema-compat/oracle/vitest.config.ts`. */
export default defineConfig({
  test: {
    root: new URL("../../..", import.meta.url).pathname,
    include: ["test/schema-compat/oracle/*.oracle.ts"],
    testTimeout: 900_000,
  },
});
