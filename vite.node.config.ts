import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { sourcesHash } from "./scripts/lib/bundles.mjs";

/** The entries that run in Node: the terminal, the browser host, and the workers that they start by file name in out/. */
const sources = {
  cli: "electron/hosts/cli/main.ts",
  http: "electron/hosts/http/main.ts",
  inference: "electron/workers/inference/main.ts",
  compute: "electron/workers/compute/main.ts",
};

const input = Object.fromEntries(
  Object.entries(sources)
    .map(([name, source]) => [name, fileURLToPath(new URL(source, import.meta.url))] as const)
    .filter(([, file]) => existsSync(file)),
);

/** Small pure packages, bundled so that a command opens a few files instead of hundreds. */
const bundled = [/^@orpc\//, "commander", "papaparse", "zod"];

export default defineConfig({
  // Identifies this build, so that results cached by other code are recognized as out of date.
  define: { __BUILD__: JSON.stringify(sourcesHash(import.meta.dirname)) },
  build: {
    ssr: true,
    outDir: "out",
    target: "node22",
    sourcemap: true,
    minify: false,
    // The figures' build follows and must not empty it.
    emptyOutDir: true,
    rolldownOptions: {
      input,
      output: {
        format: "es",
        entryFileNames: "[name].js",
        // Flat, so that a worker's entry is `./inference.js` from every chunk.
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
  ssr: { target: "node", noExternal: bundled },
});
