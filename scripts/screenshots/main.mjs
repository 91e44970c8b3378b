// Takes the screenshots. Started by scripts/screenshots.mjs.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { userDataFolder } from "../../electron/services/environment/folders.mjs";
import { launchBrowser, startHost } from "../bench/browserHost.mjs";
import { say } from "../lib/report.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const all = process.argv.includes("--all");
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** The screens, with their address after the workspace's. */
const screens = {
  overview: { address: "overview" },
  datasets: { address: "datasets?file=dataset_v2.csv" },
  train: { address: "train" },
  playground: { address: "playground" },
  evaluate: { address: "evaluate?version=v2" },
  compare: { address: "compare?baseline=v1&with=v2" },
  runs: { address: "runs" },
  settings: { address: "settings" },
};
const sizes = all
  ? {
      narrow: { width: 1024, height: 700 },
      usual: { width: 1440, height: 900 },
      wide: { width: 2560, height: 1440 },
    }
  : { usual: { width: 1440, height: 900 } };

/** Copies the finished sample, so that a screen that reveals held-out rows doesn't change the clone. */
function copySample(folder) {
  for (const part of ["data", "runs", "images"])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  for (const name of readdirSync(path.join(root, "models")).filter((one) => one.startsWith("model_")))
    cpSync(path.join(root, "models", name), path.join(folder, "models", name), { recursive: true });
  cpSync(path.join(root, "namewright.json"), path.join(folder, "namewright.json"));
}

async function shoot(browser, host, out) {
  for (const colorScheme of ["light", "dark"])
    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
      await page.goto(host.address);
      await page.waitForURL(/\/overview/);
      const workspace = page.url().replace(/overview.*/, "");
      for (const [name, { address }] of Object.entries(screens)) {
        if (asked.length > 0 && !asked.includes(name)) continue;
        await page.goto(`${workspace}${address}`);
        await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
        await page.waitForFunction(
          () => document.querySelector('[role="status"][aria-label="Loading"]') === null,
        );
        // Charts and grids draw after their data has loaded.
        await page.waitForTimeout(1500);
        const file = path.join(out, `${name}-${colorScheme}${all ? `-${size}` : ""}.png`);
        await page.screenshot({ path: file });
        say(`  ${path.relative(root, file)}`);
      }
      await page.close();
    }
}

async function main() {
  const browser = await launchBrowser();
  if (browser === null) {
    say("Chromium not found. Install it to take screenshots.");
    return 1;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "screens-"));
  const out = all ? path.join(root, "test-results", "screens") : path.join(root, "docs", "screens");
  mkdirSync(out, { recursive: true });
  const workspace = path.join(folder, "sample");
  copySample(workspace);
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  const host = await startHost({ root, workspace, userData });
  try {
    await shoot(browser, host, out);
    return 0;
  } finally {
    await browser.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
