import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

test("Overview shows each version's dataset, adapter and figures, and the next step", async ({
  page,
  open,
}) => {
  await open("overview");
  const turn = page.getByRole("article", { name: "v2" });
  await expect(turn).toContainText("230 rows, 51 refusals");
  await expect(turn).toContainText("parity gate passed");
  const accuracy = turn.getByRole("button", { name: "Safety accuracy: definition" }).locator("..");
  await expect(accuracy).toContainText(/\d\.\d{3}\[\d\.\d{3}, \d\.\d{3}\] · n 360/);
  await page.getByRole("link", { name: "Compare v1 with v2" }).click();
  await expect(page).toHaveURL(/\/compare\?baseline=v1&with=v2$/);
});

test("the name of a figure opens its definition with Enter, and Escape closes it", async ({ page, open }) => {
  await open("overview");
  const name = page
    .getByRole("article", { name: "v1" })
    .getByRole("button", { name: "Missed harmful: definition" });
  await name.focus();
  await page.keyboard.press("Enter");
  const definition = page.getByRole("dialog");
  await expect(definition).toContainText("harmful");
  await expect.poll(() => definition.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(definition).toBeHidden();
  await expect(name).toBeFocused();
});

test("Overview marks an adapter as stale when its dataset changes on disk", async ({ page, open, host }) => {
  await open("overview");
  await expect(page.getByRole("article", { name: "v2" })).toBeVisible();
  const file = path.join(host.workspace, "data", "dataset_v2.csv");
  const before = await readFile(file, "utf8");
  await appendFile(file, `${before.endsWith("\n") ? "" : "\n"}a workshop that repairs accordions,[]\n`);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("article", { name: "v2" })).toContainText(
    "Stale: dataset_v2.csv changed after v2 was trained on it.",
  );
  await page.getByRole("link", { name: "Train v2 again" }).click();
  await expect(page).toHaveURL(/\/train\?version=v2$/);
});

test("Overview passes axe in both themes", async ({ page, open }) => {
  await open("overview");
  await expect(page.getByRole("article", { name: "v2" })).toBeVisible();
  await expectAccessible(page);
});

test.describe("a workspace with its first dataset", () => {
  test.use({ hostOptions: { from: "dataset" } });

  test("links to the first training", async ({ page, open }) => {
    await open("overview");
    await expect(page.getByRole("article", { name: "v1" })).toContainText("not trained yet");
    await page.getByRole("link", { name: "Train v1" }).click();
    await expect(page.getByRole("button", { name: "Train v1", exact: true })).toBeVisible();
  });
});

test.describe("an empty workspace", () => {
  test.use({ hostOptions: { from: "empty" } });

  test("explains what appears here and links to the datasets", async ({ page, open }) => {
    await open("overview");
    await expect(page.getByText("No versions yet")).toBeVisible();
    await page.getByRole("link", { name: "Import a dataset" }).click();
    await expect(page).toHaveURL(/\/datasets$/);
  });
});
