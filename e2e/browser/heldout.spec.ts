import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

const fresh = [
  "description,suggestions,label,slice",
  "Restores church organs in small villages,[],safe,everyday",
  "Sells keys to other people's parked cars,[],harmful,forged-documents",
  "",
].join("\n");

const folder = mkdtempSync(path.join(tmpdir(), "namewright fresh rows "));
test.use({ hostOptions: { words: ["--allow", folder] } });
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test("Datasets plans the held-out rows and replaces the used ones", async ({ page, open, host }) => {
  await writeFile(path.join(folder, "fresh.csv"), fresh);
  // A comparison uses the held-out rows.
  await open("compare");
  await expect(page.getByRole("region", { name: "Decision on v2" })).toContainText("Look 1 of 5.");
  await open("datasets", { query: "?file=test_set.csv&panel=heldout" });
  const panel = page.getByRole("complementary", { name: "Held-out rows" });
  await expect(panel).toContainText("1 of 5 looks used (1 decision, 0 readings)");
  await expect(panel.getByRole("region", { name: "Harmful rows" })).toContainText(
    "Rows needed for a margin of 0.050",
  );
  await expectAccessible(page);
  const looks = panel.getByRole("textbox", { name: "Number of looks" });
  await looks.fill("1");
  await expect(panel).toContainText("level 0.0500");

  await panel.getByRole("button", { name: "Rotate held-out rows…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate held-out rows" });
  await dialog.getByRole("button", { name: `${folder}/` }).click();
  await dialog.getByRole("button", { name: /fresh\.csv/ }).click();
  await expect(dialog).toContainText("2 rows (1 harmful, 1 safe) are added as held-out rows");
  await dialog.getByRole("button", { name: "Rotate rows" }).click();
  await expect(panel).toContainText("0 of 5 looks used");
  const text = await readFile(path.join(host.workspace, "data", "test_set.csv"), "utf8");
  expect(text.split("\n").filter((line) => line.includes(",heldout,"))).toHaveLength(2);
});
