import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { createFileLayer } from "../../electron/services/files/fileLayer.ts";
import { createLease } from "../../electron/services/lease/lease.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

const bakery = "A family bakery that sells sourdough bread and seasonal cakes";
const answerOf = (page: Page, version: string) => page.getByRole("region", { name: `Answer of ${version}` });

async function ask(page: Page, description: string): Promise<void> {
  await page.getByRole("textbox", { name: "Business description" }).fill(description);
  await page.keyboard.press("Control+Enter");
}

async function answered(page: Page, versions: readonly string[]): Promise<void> {
  // The first question starts a process and loads the base model on shared cores.
  const timeout = 45_000;
  for (const version of versions)
    await expect(answerOf(page, version).getByText("Active")).toBeVisible({ timeout });
}

const namesOf = (page: Page, version: string) =>
  answerOf(page, version).getByRole("row").locator("td:first-child").allInnerTexts();

test("base, v1 and v2 answer side by side and show the active adapter", { tag: "@transport" }, async ({
  page,
  host,
  open,
}) => {
  await open("playground");
  await ask(page, bakery);
  await answered(page, ["base", "v1", "v2"]);
  await expect(answerOf(page, "base")).toContainText("base model only");
  for (const version of ["v1", "v2"]) {
    const adapter = await readFile(path.join(host.workspace, "models", `model_${version}`, "adapter.gguf"));
    const hash = createHash("sha256").update(adapter).digest("hex").slice(0, 12);
    await expect(answerOf(page, version)).toContainText(`${version} · ${hash}`);
    await expect(answerOf(page, version)).toContainText("Refusal probability");
    expect(await namesOf(page, version)).toHaveLength(5);
  }
  expect(await namesOf(page, "v1")).not.toEqual(await namesOf(page, "base"));
  await expectAccessible(page);
});

test("best of pool gives five names by its seed, and the URL restores the choice", async ({ page, open }) => {
  await open("playground", { query: "?versions=v1&temperature=1.5" });
  await page.getByRole("checkbox", { name: "Best of pool" }).press("Space");
  await expect(page.getByRole("textbox", { name: "Temperature" })).toBeDisabled();
  await expect(page.getByRole("textbox", { name: "Temperature" })).toHaveValue("0.8");
  await ask(page, bakery);
  await expect(page.getByRole("region", { name: "Answers" })).toContainText("best of pool, seed 1");
  await answered(page, ["v1"]);
  const names = await namesOf(page, "v1");
  expect(new Set(names).size).toBe(5);
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Best of pool" })).toBeChecked();
  await page.getByRole("button", { name: "Suggest names" }).click();
  await answered(page, ["v1"]);
  expect(await namesOf(page, "v1")).toEqual(names);
});

test("a seed reproduces its answer, and the URL restores the question", async ({ page, open }) => {
  await open("playground", { query: "?versions=v1&temperature=1.5&seed=7" });
  await ask(page, bakery);
  await answered(page, ["v1"]);
  const first = await namesOf(page, "v1");
  await page.getByRole("textbox", { name: "Seed" }).fill("8");
  await page.keyboard.press("Tab");
  await ask(page, bakery);
  await expect(page.getByRole("region", { name: "Answers" })).toContainText("seed 8");
  await answered(page, ["v1"]);
  expect(await namesOf(page, "v1")).not.toEqual(first);
  await open("playground", { query: `?versions=v1&temperature=1.5&seed=7&q=${encodeURIComponent(bakery)}` });
  await expect(page.getByRole("textbox", { name: "Business description" })).toHaveValue(bakery);
  await page.getByRole("button", { name: "Suggest names" }).click();
  await answered(page, ["v1"]);
  expect(await namesOf(page, "v1")).toEqual(first);
});

test("with only valid names allowed, a wild answer is well-formed, and the URL keeps the setting", async ({
  page,
  open,
}) => {
  await open("playground", { query: "?versions=base&temperature=1.8&seed=1&tokens=300" });
  await ask(page, bakery);
  await answered(page, ["base"]);
  await expect(answerOf(page, "base")).toContainText("only a–z, 0–9 and hyphen are allowed");
  const onlyValid = page.getByRole("checkbox", { name: "Only valid names" });
  await onlyValid.focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/grammar=names/);
  await page.getByRole("button", { name: "Suggest names" }).click();
  await expect(answerOf(page, "base")).toContainText("follows all naming rules");
  await expect(page.getByText(bakery).last()).toContainText("only valid names");
  await page.reload();
  await expect(onlyValid).toBeChecked();
});

test("answers are kept when you return to the screen", async ({ page, open }) => {
  await open("playground", { query: "?versions=v2" });
  await ask(page, bakery);
  await answered(page, ["v2"]);
  const names = await namesOf(page, "v2");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/settings/);
  await page.goBack();
  await answered(page, ["v2"]);
  expect(await namesOf(page, "v2")).toEqual(names);
});

test("an unsent question is kept when you return to the screen", async ({ page, open }) => {
  await open("playground", { query: "?versions=v1&temperature=1.5" });
  const description = page.getByRole("textbox", { name: "Business description" });
  await description.fill("A tea shop, and");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/settings/);
  await page.getByRole("link", { name: "Playground" }).click();
  await expect(page).toHaveURL(/versions=v1&temperature=1\.5/);
  await expect(description).toHaveValue("A tea shop, and");
});

test("a waiting question shows which job uses the accelerator and can be stopped", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  const lease = createLease(createFileLayer(), host.userData);
  const holding = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const training = () => {
    begun.resolve();
    return holding.promise;
  };
  const signal = new AbortController().signal;
  const held = lease.hold("a training of v3", training, { signal, onWait: () => {} });
  await begun.promise;
  await open("playground", { query: "?versions=v1" });
  await ask(page, bakery);
  await expect(answerOf(page, "v1")).toContainText("waiting for a training of v3");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answerOf(page, "v1")).toContainText("stopped");
  holding.resolve();
  await held;
  await page.getByRole("button", { name: "Suggest names" }).click();
  await answered(page, ["v1"]);
});

test("a description that is too long is rejected with a hint and kept in the field", async ({
  page,
  open,
}) => {
  await open("playground");
  const long = "bread and cakes, ".repeat(600).trim();
  await ask(page, long);
  // Each version has its own prompt, so each says how long a description it takes.
  await expect(page.getByRole("alert").first()).toBeVisible();
  for (const alert of await page.getByRole("alert").all())
    await expect(alert).toContainText("Shorten the description to about");
  await expect(page.getByRole("textbox", { name: "Business description" })).toHaveValue(long);
});

test("an answer can be edited and added to a dataset as an unsaved row", async ({ page, host, open }) => {
  await open("playground", { query: "?versions=v1" });
  await ask(page, bakery);
  await answered(page, ["v1"]);
  await answerOf(page, "v1").getByRole("button", { name: "Send to a dataset…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send to a dataset" });
  const names = dialog.getByRole("textbox", { name: "Names, one per line" });
  await names.fill("Bad Name\nmy-oven\ntruebread\nbakelane\ncrustworks");
  await expect(dialog.getByRole("status")).toContainText("Bad Name");
  await expect(dialog.getByRole("button", { name: "Add row" })).toBeDisabled();
  await names.fill("bread-box\nmy-oven\ntruebread\nbakelane\ncrustworks");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add row" }).click();
  await expect(page.getByText("Added to dataset_v2.csv")).toBeVisible();
  // The unsaved edit is in the journal, not in the file.
  const edits = path.join(host.workspace, ".namewright", "edits");
  const journals = await Promise.all(
    (await readdir(edits, { recursive: true })).map((name) =>
      readFile(path.join(edits, name), "utf8").catch(() => ""),
    ),
  );
  expect(journals.join("\n")).toContain("crustworks");
  const dataset = await readFile(path.join(host.workspace, "data", "dataset_v2.csv"), "utf8");
  expect(dataset).not.toContain("crustworks");
});

test("an empty playground offers examples", async ({ page, open }) => {
  await open("playground");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try a bakery" }).click();
  await answered(page, ["base", "v1", "v2"]);
});
