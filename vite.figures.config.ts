import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Builds the figures' process: React and Recharts in production mode, in one file beside the other workers. */
export default defineConfig({
  // Removes React's development code, including `act`.
  oxc: { jsx: { runtime: "automatic", development: false } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    ssr: true,
    outDir: "out",
    target: "node22",
    sourcemap: false,
    minify: true,
    // Keeps the terminal's bundles, which are built first.
    emptyOutDir: false,
    rolldownOptions: {
      input: { figures: fileURLToPath(new URL("electron/workers/figures/main.ts", import.meta.url)) },
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "figures-[name].js" },
    },
  },
  // happy-dom loads parts on demand and is bundled whole. resvg is native and can't be bundled.
  ssr: { target: "node", noExternal: true, external: ["@resvg/resvg-js"] },
});
