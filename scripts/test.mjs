// npm test: set-up, then lint, types, our tests and the trainer's. Prints a line of counts at the end and exits with
// code 1 if anything failed. A check that can't run counts as a failure.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { countJunit, countPlaywright, countVitest, summaryLine } from "./lib/counts.mjs";
import { electronSpecs } from "./lib/electronSpecs.mjs";
import { elapsed, say, step } from "./lib/report.mjs";
import { runInForeground, wasInterrupted } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

const inPackage = (...parts) => path.join(root, "node_modules", ...parts);
const resources = path.join(root, "resources");
/** Our Python packages that have tests, by name. */
const pythonPackages = readdirSync(resources).filter((name) =>
  existsSync(path.join(resources, name, "tests")),
);
const passed = { passed: 1, failed: 0, skipped: [] };
const failed = { passed: 0, failed: 1, skipped: [] };

/** Returns a check that passes or fails as a whole. */
function check(name, file, words, options) {
  return {
    name,
    run: async () => ((await run(file, words, options)) === 0 ? passed : failed),
  };
}

/** Returns a test run that writes a report. A run that fails without a failed test (a crash) counts as one failure. */
function suite(name, report, read, file, words, options) {
  const counted = async () => {
    const code = await run(file, words, options);
    if (!existsSync(report)) return failed;
    const counts = read(readFileSync(report, "utf8"));
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  };
  return { name, run: counted };
}

const run = (file, words, { cwd = root, env = {} } = {}) =>
  runInForeground(file, words, { cwd, env: { ...process.env, ...env } });

/** Returns the tests of one Python package, run in its folder. */
function pytest(name, { python, reports }) {
  const report = path.join(reports, `pytest-${name}.xml`);
  const folder = path.join(resources, name);
  const env = { PYTHONPATH: [folder, resources].join(path.delimiter) };
  const words = ["-m", "pytest", "-q", "-ra", `--junitxml=${report}`, "tests"];
  return suite(`tests (${name}, pytest)`, report, countJunit, python, words, { cwd: folder, env });
}

/** Returns the screen specs, or one skipped check with the reason if there is no browser. */
function screens({ node, reports, chromium }) {
  const name = "tests (screens, Playwright)";
  if (chromium.browser === null) {
    const skipped = [{ name: "every spec of the screens", reason: `no Chromium: ${chromium.reason}` }];
    return { name, run: async () => ({ passed: 0, failed: 0, skipped }) };
  }
  const report = path.join(reports, "playwright.json");
  const config = path.join(root, "e2e", "browser", "playwright.config.ts");
  const words = ["test", "--config", config, "--project=socket", "--project=port", "--reporter=list,json"];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM: chromium.browser };
  const read = (text) => countPlaywright(JSON.parse(text));
  return suite(name, report, read, node, [inPackage("@playwright", "test", "cli.js"), ...words], { env });
}

/** Returns the same specs on Electron, or one skipped check with the reason if they can't run. */
function screensOnElectron({ node, reports }) {
  const name = "tests (screens, Electron)";
  const report = path.join(reports, "electron.json");
  const specs = electronSpecs(root, node, ["--reporter=list,json"]);
  if ("reason" in specs) {
    const skipped = [{ name: "every spec of the screens on Electron", reason: specs.reason }];
    return { name, run: async () => ({ passed: 0, failed: 0, skipped }) };
  }
  const env = { ...specs.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const read = (text) => countPlaywright(JSON.parse(text));
  return suite(name, report, read, specs.file, specs.words, { env });
}

/** Returns all checks and tests, the quick ones first. */
function suites({ node, python, reports, chromium }) {
  // Tests that start programs by name must use these versions, not those of the machine.
  const env = { PATH: [path.dirname(node), path.dirname(python), process.env.PATH].join(path.delimiter) };
  const vitestReport = path.join(reports, "vitest.json");
  const vitest = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  return [
    check("lint (biome)", node, [inPackage("@biomejs", "biome", "bin", "biome"), "check", "."]),
    check("unused code (knip)", node, [inPackage("knip", "bin", "knip.js")]),
    check("types", node, [path.join(root, "scripts", "typecheck.mjs")]),
    check("lint (ruff)", python, ["-m", "ruff", "check", path.join(root, "resources")]),
    suite(
      "tests (vitest)",
      vitestReport,
      (text) => countVitest(JSON.parse(text)),
      node,
      [inPackage("vitest", "vitest.mjs"), ...vitest],
      { env },
    ),
    ...pythonPackages.map((name) => pytest(name, { python, reports })),
    screens({ node, reports, chromium }),
    screensOnElectron({ node, reports }),
  ];
}

async function testAll({ node, python, bundled }) {
  const chromium = await step("Chromium for the screens' specs", ensureChromium, ({ reason }) => reason);
  const reports = mkdtempSync(path.join(tmpdir(), "namewright-test-"));
  const results = [{ name: "bundles", counts: bundled ? passed : failed, took: "set-up" }];
  try {
    for (const { name, run: runOne } of suites({ node, python, reports, chromium })) {
      const begun = Date.now();
      say(`\n── ${name}`);
      results.push({ name, counts: await runOne(), took: elapsed(begun) });
      if (wasInterrupted()) break;
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  const exitCode = summarize(results);
  return wasInterrupted() ? 130 : exitCode;
}

function summarize(results) {
  say("\n── summary");
  for (const { name, counts, took } of results)
    say(`  ${name.padEnd(24)} ${summaryLine([counts])} (${took})`);
  const skipped = results.flatMap(({ name, counts }) =>
    counts.skipped.map((one) => ({ suite: name, ...one })),
  );
  for (const { suite: from, name, reason } of skipped) say(`  skipped in ${from}: ${name}: ${reason}`);
  const all = results.map(({ counts }) => counts);
  process.stdout.write(`${summaryLine(all)}\n`);
  return all.some((counts) => counts.failed > 0) ? 1 : 0;
}

await afterSetUp(testAll);
