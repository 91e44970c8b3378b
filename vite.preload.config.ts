import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The preload: one CommonJS file, since a sandboxed page can load no other, beside main, which came before. */
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
