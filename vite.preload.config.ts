import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Builds the preload as one CommonJS file, the only kind that a sandboxed page can load, beside main. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: "out/desktop",
    target: "node24",
    sourcemap: false,
    minify: false,
    emptyOutDir: false,
    rolldownOptions: {
      input: { preload: fileURLToPath(new URL("electron/hosts/desktop/preload.ts", import.meta.url)) },
      output: { format: "cjs", entryFileNames: "[name].cjs" },
    },
  },
  ssr: { target: "node", noExternal: true, external: ["electron"] },
});
