import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The screens: one bundle for the desktop and the browser. Each screen is a chunk of its own, loaded when opened. */
export default defineConfig({
  root: fileURLToPath(new URL("renderer", import.meta.url)),
  // Absolute, since the URL's path is the screen's.
  base: "/",
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("out/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    sourcemap: false,
    // A data: URL is no file of ours, and the policy allows it for images and fonts only.
    assetsInlineLimit: 0,
    // Vite's helper for preloading would be an inline script where modules are not preloaded.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // zod shares a chunk with its configuration. Otherwise schemas in another chunk load first, and zod tries `new Function`.
      output: {
        codeSplitting: { groups: [{ name: "zod", test: /node_modules[\\/]zod[\\/]|configureZod/ }] },
      },
    },
  },
});
