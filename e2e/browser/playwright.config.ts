import { defineConfig } from "@playwright/test";
import { findChromium } from "../../scripts/lib/chromium.mjs";

const browser = findChromium();

/**
 * The specs of the screens, on the browser host in the system's Chromium: all of them over its WebSocket, and those
 * tagged `@transport` also over a MessagePort as the desktop has it. The tag is for specs in which the transport can
 * matter: connection, streams, uploads, files. `npm run e2e:all` runs the others over the MessagePort too.
 * Real services, the real tiny model, a workspace of its own for each spec.
 */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../test-results",
  // Every spec has a host of its own; else one long file would be left to one of the two workers at the end.
  fullyParallel: true,
  workers: 2,
  // A spec waits for a model or a training on two busy cores.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  // A spec that passes at a second try only tells of a fault, in the program or in itself.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      // As root Chromium has no sandbox of its own; what is opened is ours. The rest keeps it from calling home.
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
