import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

const evaluation = "20261123T081753-evaluation-e7ca";

test("Runs shows every run with its journal, spec and files", async ({ page, open, host }) => {
  await open("runs");
  const list = page.getByRole("navigation", { name: "All runs" });
  await expect(list.getByRole("button")).toHaveCount(6);
  await list.getByRole("button", { name: /train v1/ }).click();
  await expect(page).toHaveURL(/run=20261123T081722-training-d4a1/);
  const journal = await readFile(
    path.join(host.workspace, "runs", "20261123T081722-training-d4a1", "events.jsonl"),
    "utf8",
  );
  const entries = journal.trim().split("\n").length;
  await expect(page.getByText(`${entries} entries, newest first`)).toBeVisible();
  await page.getByRole("tab", { name: "Spec" }).click();
  await expect(page.getByRole("region", { name: "spec" })).toContainText('"preset": "embedded"');
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(page.getByRole("row", { name: /adapter\.gguf/ })).toContainText("output");
  await page.reload();
  await expect(page.getByRole("row", { name: /adapter\.gguf/ })).toBeVisible();
});

test("Runs filters by kind, and the arrow keys move through the list", async ({ page, open }) => {
  await open("runs", { query: "?kind=evaluation" });
  await page.getByRole("combobox", { name: "Kind of run" }).click();
  await expect(page.getByRole("option", { name: "download" })).toBeVisible();
  await page.keyboard.press("Escape");
  const all = page.getByRole("navigation", { name: "All runs" }).getByRole("button");
  await expect(all).toHaveCount(3);
  await all.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(all.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`run=${evaluation}`));
});

test("Runs keeps the selected run when another one starts", async ({ page, newPage, open }) => {
  await open("runs");
  const list = page.getByRole("navigation", { name: "All runs" });
  const newest = (await list.getByRole("button").first().textContent()) ?? "";
  const shown = page.getByRole("main").getByRole("heading", { level: 2 });
  const title = (await shown.textContent()) ?? "";
  expect(newest).toContain(title);
  const other = await newPage();
  await open("evaluate", { query: "?view=start&versions=v1", page: other });
  await other.getByRole("button", { name: "Evaluate v1" }).click();
  await expect(list.getByRole("button", { name: /running/ })).toBeVisible();
  await expect(list.getByRole("button").first()).not.toHaveText(newest);
  await expect(list.locator("[aria-current=true]")).toHaveText(newest);
  await expect(shown).toHaveText(title);
});

test("Delete asks first, shows the freed size, and keeps the results", async ({ page, open, host }) => {
  await open("runs", { query: `?run=${evaluation}` });
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /Delete evaluate v1/ });
  await expect(dialog).toContainText(`runs/${evaluation}`);
  await expect(dialog.getByRole("button", { name: "Keep run" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(existsSync(path.join(host.workspace, "runs", evaluation))).toBe(true);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: /Delete and free \d/ }).click();
  await expect(page.getByRole("navigation", { name: "All runs" }).getByRole("button")).toHaveCount(5);
  expect(existsSync(path.join(host.workspace, "runs", evaluation))).toBe(false);
  expect(existsSync(path.join(host.workspace, "data", "model_v1-results.csv"))).toBe(true);
});

test("Runs passes axe in both themes", async ({ page, open }) => {
  await open("runs", { query: `?run=${evaluation}` });
  await expect(page.getByText("entries, newest first")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(page.getByRole("row", { name: /results\.csv/ })).toBeVisible();
  await expectAccessible(page);
});

test.describe("a workspace without runs", () => {
  test.use({ hostOptions: { from: "dataset" } });

  test("explains what appears here", async ({ page, open }) => {
    await open("runs");
    await expect(page.getByText("No runs yet")).toBeVisible();
    await expect(page.getByRole("region", { name: "Running" })).toContainText("No running jobs");
    await page.getByRole("link", { name: "Configure a training" }).click();
    await expect(page).toHaveURL(/\/train$/);
  });
});

test("a training can be paused in Runs and resumed", async ({ page, open, host }) => {
  test.setTimeout(300_000);
  await open("train", { query: "?version=v1&set=optimisation.epochs%3D2" });
  await page
    .getByRole("button", { name: /^Train v1/ })
    .first()
    .click();
  const tray = page.getByRole("region", { name: "Running" });
  await expect(tray).toContainText(/[1-9]\d* of \d+ steps/, { timeout: 180_000 });
  await page.keyboard.press("7");
  const head = page.getByRole("region", { name: /train v1/ }).first();
  await head.getByRole("button", { name: "Pause" }).click();
  await expect(head).toContainText("paused", { timeout: 60_000 });
  await expect(tray.getByRole("button", { name: /^Resume train v1/ })).toBeVisible();
  const [training] = (await readdir(path.join(host.workspace, "runs"))).sort().reverse();
  const journal = path.join(host.workspace, "runs", training ?? "", "events.jsonl");
  const still = await readFile(journal, "utf8");
  await page.reload();
  await expect(head).toContainText("paused");
  // A paused training writes nothing during a reload.
  expect(await readFile(journal, "utf8")).toBe(still);
  await head.getByRole("button", { name: "Resume" }).click();
  await expect(head).toContainText("succeeded", { timeout: 240_000 });
});

test("Promote restores the adapter of an earlier training", async ({ page, open, host }) => {
  await open("runs", { query: "?run=20261123T081722-training-d4a1" });
  const adapter = path.join(host.workspace, "models", "model_v1", "adapter.gguf");
  const before = await readFile(adapter);
  await writeFile(adapter, "damaged");
  await page.getByRole("button", { name: "Promote to v1" }).click();
  await expect(page.getByText("v1 now uses this run's adapter")).toBeVisible();
  expect((await readFile(adapter)).equals(before)).toBe(true);
});

test("Runs reports that the runs can't be listed, and can retry", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  const runs = path.join(host.workspace, "runs");
  await rename(runs, `${runs}-away`);
  await writeFile(runs, "no folder");
  await open("runs");
  const tray = page.getByRole("region", { name: "Running" });
  await expect(tray.getByRole("alert")).toContainText("Couldn't update the list of runs");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Couldn't load the runs");
  await open("train", { query: "?tab=history" });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Couldn't load the runs");
  await rm(runs);
  await rename(`${runs}-away`, runs);
  await tray.getByRole("button", { name: "Try again" }).click();
  await expect(tray).toContainText("No running jobs");
  await expect(page.getByRole("alert")).toHaveCount(0);
});
