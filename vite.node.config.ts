import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { sourcesHash } from "./scripts/lib/bundles.mjs";

/** What runs in Node: the terminal, and the workers it starts by file name, side by side in out/. */
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

/** Small and pure: bundled, so that a command opens a few files instead of hundreds. */
const bundled = [/^@orpc\//, "commander", "papaparse", "zod"];

export default defineConfig({
  // Tells what was computed by other code, and may no longer hold, from what was computed by this.
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
