import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

const retrained = "The results of v1 come from an older adapter. v1 was retrained after the evaluation.";

test("Overview, Evaluate and Compare say that results are stale or incomplete, and nothing is decided", async ({
  page,
  open,
  host,
}) => {
  await appendFile(path.join(host.workspace, "models", "model_v1", "adapter.gguf"), "trained again");
  const file = path.join(host.workspace, "data", "model_v2-results.csv");
  const lines = (await readFile(file, "utf8")).split("\n");
  // Every row of the fixture is one line, except answers: a refused one can be removed whole.
  const at = lines.findIndex((line) => /,20,0,refused,/.test(line));
  await writeFile(file, lines.toSpliced(at, at < 0 ? 0 : 1).join("\n"));
  expect(at).toBeGreaterThan(0);
  const missing = "1 record is missing from the results of v2 (row 20).";

  await open("overview");
  await expect(page.getByRole("article", { name: "v1" })).toContainText(`Stale: ${retrained}`);
  await expect(page.getByRole("article", { name: "v2" })).toContainText(`Stale: ${missing}`);

  await open("compare", { query: "?baseline=v1&with=v2" });
  const main = page.getByRole("main");
  await expect(main).toContainText("Undecided");
  await expect(main.getByRole("listitem").filter({ hasText: retrained }).first()).toBeVisible();
  await expect(main).toContainText(missing);
  await expectAccessible(page);

  await open("evaluate", { query: "?version=v2" });
  await expect(page.getByRole("alert").filter({ hasText: missing })).toBeVisible();
  await expectAccessible(page);
});
