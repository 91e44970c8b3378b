import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const notOurs = new Set(["node_modules", "out", "dist", "test-results", "runs", "data", "models"]);

/** Every file below a folder, relative to the root with slashes. */
function filesIn(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (entry.isFile()) return [place];
    const isOurs = entry.isDirectory() && !notOurs.has(entry.name) && !entry.name.startsWith(".");
    return isOurs ? filesIn(place) : [];
  });
}

/** What each runner takes: Vitest's two projects share all `*.test.*`, Playwright has one folder, pytest two. */
const taken = [
  /\.test\.(ts|tsx|mjs)$/,
  /^e2e\/browser\/[^/]+\.spec\.ts$/,
  /^resources\/[^/]+\/tests\/test_[^/]+\.py$/,
];

it("every test file has a name that a runner picks up", () => {
  const named = filesIn(".").filter((file) =>
    /[._-](test|spec)s?\.(py|[cm]?[jt]sx?)$|(^|\/)test_[^/]*\.py$/.test(file),
  );
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter((file) => !taken.some((pattern) => pattern.test(file)))).toEqual([]);
});
