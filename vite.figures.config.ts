import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The figures' process: React and Recharts in production, in one file beside the other workers. */
export default defineConfig({
  // Everything in React that is for development only goes, `act` included.
  oxc: { jsx: { runtime: "automatic", development: false } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    ssr: true,
    outDir: "out",
    target: "node22",
    sourcemap: false,
    minify: true,
    // The terminal's build came before and stays.
    emptyOutDir: false,
    rolldownOptions: {
      input: { figures: fileURLToPath(new URL("electron/workers/figures/main.ts", import.meta.url)) },
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "figures-[name].js" },
    },
  },
  // happy-dom is large and loads its parts when they are asked for; resvg is native.
  ssr: { target: "node", noExternal: true, external: ["@resvg/resvg-js"] },
});
