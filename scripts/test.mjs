// npm test: set-up, then lint, types, our tests and the trainer's. Prints a line of counts at the end and exits with
// code 1 if anything failed. A check that can't run counts as a failure.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { countJunit, countPlaywright, countVitest } from "./lib/counts.mjs";
import { electronSpecs } from "./lib/electronSpecs.mjs";
import { step } from "./lib/report.mjs";
import { check, failed, passed, runSuites, skippedSuite, suite } from "./lib/suites.mjs";
import { afterSetUp, root } from "./setup.mjs";

const inPackage = (...parts) => path.join(root, "node_modules", ...parts);
const resources = path.join(root, "resources");
/** Our Python packages that have tests, by name. */
const pythonPackages = readdirSync(resources).filter((name) =>
  existsSync(path.join(resources, name, "tests")),
);
/** Returns the tests of one Python package, run in its folder. */
function pytest(name, { python, reports }) {
  const report = path.join(reports, `pytest-${name}.xml`);
  const folder = path.join(resources, name);
  const env = { PYTHONPATH: [folder, resources].join(path.delimiter) };
  const words = ["-m", "pytest", "-q", "-ra", `--junitxml=${report}`, "tests"];
  return suite(`pytest (${name})`, { report, read: countJunit }, python, words, { cwd: folder, env });
}

/** Returns the screen specs, or one skipped check with the reason if there is no browser. */
function screens({ node, reports, chromium }) {
  const name = "screens";
  if (chromium.browser === null) return skippedSuite(name, `no Chromium: ${chromium.reason}`);
  const report = path.join(reports, "playwright.json");
  const config = path.join(root, "e2e", "browser", "playwright.config.ts");
  const words = ["test", "--config", config, "--project=socket", "--project=port", "--reporter=list,json"];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM: chromium.browser };
  const read = (text) => countPlaywright(JSON.parse(text));
  return suite(name, { report, read }, node, [inPackage("@playwright", "test", "cli.js"), ...words], { env });
}

/** Returns the same specs on Electron, or one skipped check with the reason if they can't run. */
function screensOnElectron({ node, reports }) {
  const name = "screens on Electron";
  const report = path.join(reports, "electron.json");
  const specs = electronSpecs(root, node, ["--reporter=list,json"]);
  if ("reason" in specs) return skippedSuite(name, specs.reason);
  const env = { ...specs.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const read = (text) => countPlaywright(JSON.parse(text));
  return suite(name, { report, read }, specs.file, specs.words, { env });
}

/** Returns all checks and tests: the quick ones first, then the longest. */
function suites({ node, python, reports, chromium }) {
  // Tests that start programs by name must use these versions, not those of the machine.
  const env = { PATH: [path.dirname(node), path.dirname(python), process.env.PATH].join(path.delimiter) };
  const vitestReport = path.join(reports, "vitest.json");
  const vitest = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  return [
    check("biome", node, [inPackage("@biomejs", "biome", "bin", "biome"), "check", "."]),
    check("knip", node, [inPackage("knip", "bin", "knip.js")]),
    check("types", node, [path.join(root, "scripts", "typecheck.mjs")]),
    check("ruff", python, ["-m", "ruff", "check", path.join(root, "resources")]),
    screens({ node, reports, chromium }),
    suite(
      "vitest",
      { report: vitestReport, read: (text) => countVitest(JSON.parse(text)) },
      node,
      [inPackage("vitest", "vitest.mjs"), ...vitest],
      { env },
    ),
    ...pythonPackages.map((name) => pytest(name, { python, reports })),
    screensOnElectron({ node, reports }),
  ];
}

async function testAll({ node, python, bundled }) {
  const chromium = await step("Chromium for the screens' specs", ensureChromium, ({ reason }) => reason);
  const reports = mkdtempSync(path.join(tmpdir(), "namewright-test-"));
  const bundles = { name: "bundles", counts: bundled ? passed : failed, took: "set-up" };
  try {
    return await runSuites(suites({ node, python, reports, chromium }), [bundles]);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

await afterSetUp(testAll);
