import { configDefaults, defineConfig } from "vitest/config";
import { tinySample } from "./electron/services/testing/tinySample.ts";

const everyTest = "**/*.test.{ts,tsx,mjs}";
/** Tests that start processes, run Python, load models, or work on large files or every fault of a disk. */
const integrationTests = ["e2e/**/*.test.{ts,tsx,mjs}", "**/*.integration.test.{ts,tsx,mjs}"];
const neverTests = [...configDefaults.exclude, "out/**", "dist/**", "test-results/**"];

export default defineConfig({
  test: {
    // Ends hanging tests. No test depends on this value.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // The repository's own sample may change; its programs read this one when a test starts them.
    env: { NAMEWRIGHT_SAMPLE_DIR: tinySample },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [everyTest],
          exclude: [...neverTests, ...integrationTests],
          setupFiles: ["scripts/lib/noProcesses.mjs", "renderer/testing/cleanUp.ts"],
          // All files share one copy of each module. Loading a copy per file would double the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "integration", include: integrationTests, exclude: neverTests },
      },
    ],
  },
});
