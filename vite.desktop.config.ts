import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { sourcesHash } from "./scripts/lib/bundles.mjs";

/**
 * Builds the desktop's main process with plain Vite. electron-vite would override our `base` and output names, and its
 * development server isn't needed for a renderer with two hosts. Everything is bundled, so that a package contains only
 * native node_modules.
 */
export default defineConfig({
  // Identifies this build, so that results cached by other code are recognized as out of date.
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
