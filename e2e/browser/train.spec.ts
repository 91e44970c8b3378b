import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { JournalEntrySchema } from "../../shared/schema/run.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import type { Host } from "./support/host.ts";

test("a changed field updates the plan, the command and the URL", async ({ page, open }) => {
  await open("train", { query: "?version=v1" });
  const plan = page.getByRole("region", { name: "Training plan" });
  await expect(plan).toContainText("maximum 424");
  await page.getByRole("textbox", { name: "Epochs" }).fill("2");
  await page.getByRole("textbox", { name: "Learning rate" }).fill("1e-4");
  await expect(plan).toContainText("maximum 212");
  await plan.getByRole("button", { name: "Terminal command" }).click();
  await expect(plan.getByRole("region", { name: "command", exact: true })).toContainText(
    "--set optimisation.learningRate=0.0001 --set optimisation.epochs=2",
  );
  await plan.getByRole("button", { name: "Spec (JSON)" }).click();
  await expect(plan.getByRole("region", { name: "spec", exact: true })).toContainText('"epochs": 2');
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Epochs" })).toHaveValue("2");
  await page.getByRole("button", { name: "Reset Epochs to preset" }).click();
  await expect(page.getByRole("textbox", { name: "Epochs" })).toHaveValue("4");
  await expect(plan).toContainText("maximum 424");
  await page.getByRole("textbox", { name: "Rank" }).fill("none");
  await expect(page.getByText("Not a number")).toBeVisible();
});

test("a dataset with errors disables the training, and the plan explains why", async ({
  page,
  open,
  host,
}) => {
  await writeFile(
    path.join(host.workspace, "data", "dataset_v3.csv"),
    'description,suggestions\na bakery,"[""one-name""]"\n',
  );
  await open("train", { query: "?version=v3" });
  const plan = page.getByRole("region", { name: "Training plan" });
  await expect(plan).toContainText("breaks 1 rule");
  await expect(plan.getByRole("button", { name: "Train v3", exact: true })).toBeDisabled();
});

test("a prompt with examples disables the training, and another one is in the command", async ({
  page,
  open,
  host,
}) => {
  await mkdir(path.join(host.workspace, "prompts"));
  await writeFile(path.join(host.workspace, "prompts", "short.txt"), "Names for {description}");
  await open("train", { query: "?version=v1" });
  const plan = page.getByRole("region", { name: "Training plan" });
  const prompt = page.getByRole("combobox", { name: "Prompt" });
  await prompt.click();
  await page.getByRole("option", { name: "prompted" }).click();
  await expect(page.getByRole("main")).toContainText("so no adapter can be trained with it");
  await expect(plan.getByRole("button", { name: "Train v1", exact: true })).toBeDisabled();
  await prompt.click();
  await page.getByRole("option", { name: "short" }).click();
  await expect(page.getByText("Names for {description}")).toBeVisible();
  await plan.getByRole("button", { name: "Terminal command" }).click();
  await expect(plan.getByRole("region", { name: "command", exact: true })).toContainText("--prompt short");
});

test("History overlays two trainings and lists their different settings", async ({ page, open }) => {
  await open("train", { query: "?tab=history" });
  const boxes = page.getByRole("checkbox", { name: /Show the curves of train/ });
  await expect(boxes).toHaveCount(2);
  await boxes.first().check();
  await boxes.last().check();
  const overlay = page.getByRole("region", { name: "Selected trainings" });
  await expect(overlay.getByRole("button", { name: "Table of Loss" })).toBeVisible();
  const differences = page.getByRole("region", { name: "Different settings" });
  await expect(differences.getByRole("row", { name: /trainer\.datasetName/ })).toContainText(
    "dataset_v1.csvdataset_v2.csv",
  );
  await page.reload();
  await expect(differences).toBeVisible();
});

test("the form passes axe in both themes", async ({ page, open }) => {
  test.slow();
  await open("train");
  await expect(page.getByRole("button", { name: "Train v2", exact: true })).toBeEnabled();
  await expectAccessible(page);
});

test("the curves of a training pass axe in both themes", async ({ page, open }) => {
  test.slow();
  await open("train", { query: "?tab=current" });
  await expect(page.getByRole("region", { name: "Validation rows" })).toContainText("best");
  await expectAccessible(page);
});

test("the history passes axe in both themes", async ({ page, open }) => {
  test.slow();
  await open("train", { query: "?tab=history" });
  await page
    .getByRole("checkbox", { name: /Show the curves of train/ })
    .first()
    .check();
  await expect(page.getByRole("button", { name: "Table of Loss" })).toBeVisible();
  await expectAccessible(page);
});

/** Returns the steps in the journal of the only training, in order. */
async function stepsIn(host: Host): Promise<number[]> {
  const runs = path.join(host.workspace, "runs");
  const [id = ""] = await readdir(runs);
  const lines = (await readFile(path.join(runs, id, "events.jsonl"), "utf8")).trim().split("\n");
  return lines.flatMap((line) => {
    const { sum: _, ...entry } = JSON.parse(line);
    const { event } = JournalEntrySchema.parse(entry);
    return event.kind === "trainer" && event.event.kind === "step" ? [Number(event.event.step)] : [];
  });
}

async function untilItLearns(page: Page): Promise<void> {
  const tray = page.getByRole("region", { name: "Running" });
  await expect(tray).toContainText(/[1-9]\d* of 212 steps/, { timeout: 180_000 });
}

test.describe("a real training", () => {
  test.use({ hostOptions: { from: "dataset" } });

  test("can be started, reloaded, cancelled and resumed", async ({ page, open, host }) => {
    test.setTimeout(600_000);
    await open("train", { query: "?set=optimisation.epochs%3D2" });
    await expect(page.getByRole("button", { name: "Train v1", exact: true })).toBeEnabled();
    // The command palette has the screen's action, so no mouse is needed.
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search screens and commands" }).fill("train v1");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/tab=current&run=/);
    await untilItLearns(page);
    await page.reload();
    await untilItLearns(page);
    const head = page.getByRole("region", { name: /train v1/ });
    await expect(head).toContainText(/step [1-9]\d* of 212/);
    await page.getByRole("button", { name: "Cancel train v1 (embedded, seed 1)" }).click();
    await expect(head).toContainText("cancelled", { timeout: 60_000 });
    await expect(page.getByRole("region", { name: "Running" })).toContainText("No running jobs");
    const cancelledAt = (await stepsIn(host)).at(-1) ?? 0;
    expect(cancelledAt).toBeLessThan(212);

    await head.getByRole("button", { name: "Resume" }).click();
    await expect(head).toContainText("succeeded", { timeout: 300_000 });
    await expect(head).toContainText("The adapter uses that checkpoint");
    const steps = await stepsIn(host);
    expect(steps.at(-1)).toBe(212);
    expect(steps[steps.lastIndexOf(cancelledAt) + 1] ?? 0).toBeGreaterThan(1);
    expect(existsSync(path.join(host.workspace, "models", "model_v1", "adapter.gguf"))).toBe(true);
    await expect(page.getByText("train v1 (embedded, seed 1) succeeded")).toBeVisible();
    await page.keyboard.press("1");
    await expect(page.getByRole("link", { name: "Evaluate v1" })).toBeVisible();
  });

  test("keeps the open tab when another window starts a training, and shows it after a reload", async ({
    page,
    newPage,
    open,
  }) => {
    test.setTimeout(300_000);
    const startButton = page.getByRole("button", { name: "Train v1", exact: true });
    await open("train");
    await expect(startButton).toBeEnabled();
    const other = await newPage();
    await open("train", { query: "?set=optimisation.epochs%3D2", page: other });
    await other.getByRole("button", { name: "Train v1", exact: true }).click();
    await expect(other).toHaveURL(/tab=current&run=/);
    await untilItLearns(page);
    await expect(startButton).toBeVisible();
    await page.reload();
    const head = page.getByRole("region", { name: /train v1/ });
    await expect(head).toContainText(/step [1-9]\d* of/);
    await page.getByRole("button", { name: "Cancel train v1 (embedded, seed 1)" }).click();
    await expect(page.getByRole("region", { name: "Running" })).toContainText("No running jobs");
    await expect(head).toContainText("cancelled");
  });
});
