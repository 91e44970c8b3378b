import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "shared/**/*.test.{ts,tsx}",
      "electron/**/*.test.ts",
      "renderer/**/*.test.{ts,tsx}",
      "e2e/**/*.test.ts",
      "{bin,scripts}/**/*.test.mjs",
    ],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
