import { defineConfig } from "@playwright/test";
import { findChromium } from "../../scripts/lib/chromium.mjs";

const browser = findChromium();

/**
 * Specs of the screens, run on the browser host in the system's Chromium. All of them run over the WebSocket. Those
 * tagged `@transport` also run over a MessagePort, which the desktop uses. Tag specs that depend on the transport:
 * connection, streams, uploads, files. `npm run e2e:all` runs the others over the MessagePort too.
 * Each spec uses real services, the real tiny model and a separate workspace.
 */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../test-results",
  // Each spec starts its own host, so the specs of one file can run in parallel.
  fullyParallel: true,
  workers: 2,
  // Ends hanging specs. They wait for models and trainings, and `npm test` runs other tests at the same time.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  // A spec that passes only on retry hides a defect in the program or in the spec.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      // Chromium has no sandbox as root, and only our pages are opened. The other switches prevent network requests.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects:
    process.env.NAMEWRIGHT_E2E_HOST === "electron"
      ? [{ name: "electron", metadata: { transport: "electron" } }]
      : [
          { name: "socket", metadata: { transport: "socket" } },
          { name: "port", metadata: { transport: "port" }, grep: /@transport/ },
          { name: "port, other specs", metadata: { transport: "port" }, grepInvert: /@transport/ },
        ],
});
