import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { sourcesHash } from "./scripts/lib/bundles.mjs";

/**
 * The desktop's main process, built by plain Vite as everything else is: electron-vite would set its own `base` and
 * output names over ours, and its development server is not needed where one renderer serves two hosts. Everything is
 * bundled, so that a package carries no node_modules but what is native.
 */
export default defineConfig({
  // Tells what was computed by other code, and may no longer hold, from what was computed by this.
  define: { __BUILD__: JSON.stringify(sourcesHash(import.meta.dirname)) },
  build: {
    ssr: true,
    outDir: "out/desktop",
    target: "node24",
    sourcemap: true,
    minify: false,
    emptyOutDir: true,
    rolldownOptions: {
      input: { main: fileURLToPath(new URL("electron/hosts/desktop/main.ts", import.meta.url)) },
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { target: "node", noExternal: true, external: ["electron", "node-llama-cpp", "@resvg/resvg-js"] },
});
