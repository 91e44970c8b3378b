// Takes the pictures. Started by scripts/screenshots.mjs.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser, startHost } from "../bench/browserHost.mjs";
import { say } from "../lib/report.mjs";
import { copySample, makeUserData } from "../lib/sampleCopy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const all = process.argv.includes("--all");
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** The address of each screen within the workspace. */
const screens = {
  overview: "overview",
  datasets: "datasets?file=dataset_v2.csv",
  train: "train",
  playground: "playground",
  evaluate: "evaluate?version=v2",
  compare: "compare?baseline=v1&with=v2",
  runs: "runs",
  settings: "settings",
  study: "study",
};
const sizes = all
  ? {
      narrow: { width: 1024, height: 700 },
      usual: { width: 1440, height: 900 },
      wide: { width: 2560, height: 1440 },
    }
  : { usual: { width: 1440, height: 900 } };

/** Starts each color scheme from a fresh copy of the sample, so that both show the same state. */
async function shootScheme(browser, colorScheme, out) {
  const folder = mkdtempSync(path.join(tmpdir(), "screens-"));
  const workspace = path.join(folder, "sample");
  const userData = path.join(folder, "user-data");
  copySample(root, workspace, ["runs", "images"]);
  makeUserData(userData);
  const host = await startHost({ root, workspace, userData });
  try {
    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
      await shoot(page, host, (name) => path.join(out, `${name}-${colorScheme}${all ? `-${size}` : ""}.png`));
      await page.close();
    }
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shoot(page, host, fileOf) {
  await page.goto(host.address);
  await page.waitForURL(/\/overview/);
  const workspace = page.url().replace(/overview.*/, "");
  for (const [name, address] of Object.entries(screens)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    await page.goto(`${workspace}${address}`);
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(
      () => document.querySelector('[role="status"][aria-label="Loading"]') === null,
    );
    // Charts and grids render after their data has arrived.
    await page.waitForTimeout(1500);
    await page.screenshot({ path: fileOf(name) });
    say(`  ${path.relative(root, fileOf(name))}`);
  }
}

async function main() {
  const browser = await launchBrowser();
  if (browser === null) {
    say("The screenshots need Chromium, which wasn't found.");
    return 1;
  }
  const out = all ? path.join(root, "test-results", "screens") : path.join(root, "docs", "screens");
  mkdirSync(out, { recursive: true });
  try {
    for (const colorScheme of ["light", "dark"]) await shootScheme(browser, colorScheme, out);
    return 0;
  } finally {
    await browser.close();
  }
}

process.exitCode = await main();
