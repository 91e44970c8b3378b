// npm run test:unit: lint, types and the tests without processes, models and browsers. Requires set-up.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { countVitest } from "./lib/counts.mjs";
import { check, runSuites, suite } from "./lib/suites.mjs";

const node = process.execPath;
const inPackage = (...parts) => path.resolve(import.meta.dirname, "../node_modules", ...parts);
const reports = mkdtempSync(path.join(tmpdir(), "namewright-test-"));
const report = path.join(reports, "vitest.json");
const vitest = ["run", "--project", "unit", "--reporter=default", "--reporter=json"];

try {
  process.exitCode = await runSuites([
    suite("vitest", { report, read: (text) => countVitest(JSON.parse(text)) }, node, [
      inPackage("vitest", "vitest.mjs"),
      ...vitest,
      `--outputFile.json=${report}`,
    ]),
    check("types", node, [path.resolve(import.meta.dirname, "typecheck.mjs")]),
    check("biome", node, [inPackage("@biomejs", "biome", "bin", "biome"), "check", "."]),
  ]);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
