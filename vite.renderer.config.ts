import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the screens for the desktop and the browser. Each screen is a separate chunk that loads when opened. */
export default defineConfig({
  root: fileURLToPath(new URL("renderer", import.meta.url)),
  // Absolute, because the URL's path belongs to the screen.
  base: "/",
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("out/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    sourcemap: false,
    // The content security policy allows data: URLs only for images and fonts.
    assetsInlineLimit: 0,
    // Vite's preload polyfill would be an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // zod shares a chunk with its configuration. Otherwise schemas in another chunk load first, and zod tries `new Function`.
      output: {
        codeSplitting: { groups: [{ name: "zod", test: /node_modules[\\/]zod[\\/]|configureZod/ }] },
      },
    },
  },
});
