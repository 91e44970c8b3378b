import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

const textOf = (page: Page) => page.getByRole("textbox", { name: "Text" });
const saveOf = (page: Page) => page.getByRole("button", { name: "Save prompt" });
const query = "?view=prompts&prompt=suggest";

test("an edited prompt is tried next to the saved one and then saved as a new file", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  await open("playground", { query });
  await textOf(page).fill("Five names for: {description}");
  await page.getByRole("textbox", { name: "Descriptions, one per line" }).fill("a tea shop\na bakery");
  await page.getByRole("button", { name: "Try prompts" }).click();
  const answers = page.getByRole("region", { name: "Answers" });
  // The first try starts a process and loads the base model on shared cores.
  await expect(answers.getByRole("columnheader", { name: "suggest, saved" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(answers.getByRole("columnheader", { name: "Edited text" })).toBeVisible();
  await expect(answers.getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Save as" }).fill("short");
  await saveOf(page).click();
  await expect(page).toHaveURL(/prompt=short/);
  const file = path.join(host.workspace, "prompts", "short.txt");
  await expect.poll(() => readFile(file, "utf8").catch(() => "")).toBe("Five names for: {description}\n");
  await expect(page.getByText("file in this workspace")).toBeVisible();
});

test("an invalid prompt names its line and can't be saved", async ({ page, open }) => {
  await open("playground", { query });
  await textOf(page).fill("Names for {description}\nin {colour}");
  await expect(page.getByText(/line 2: unknown placeholder \{colour\}/)).toBeVisible();
  await expect(saveOf(page)).toBeDisabled();
  await expect(page.getByRole("button", { name: "Try prompts" })).toBeDisabled();
});

test("an unsaved edit is kept on other screens, and a file that changed on disk is a conflict", async ({
  page,
  host,
  open,
}) => {
  await open("playground", { query });
  await textOf(page).fill("My names for {description}");
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("article", { name: "v2" })).toBeVisible();
  await page.goBack();
  await expect(textOf(page)).toHaveValue("My names for {description}");
  const folder = path.join(host.workspace, "prompts");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "suggest.txt"), "Their names for {description}\n");
  await saveOf(page).click();
  await expect(page.getByRole("alert")).toContainText("the prompt suggest already exists");
  expect(await readFile(path.join(folder, "suggest.txt"), "utf8")).toBe("Their names for {description}\n");
  await expect(textOf(page)).toHaveValue("My names for {description}");
});

test("Overview leads to the evaluation of the prompted base", async ({ page, open }) => {
  await open("overview");
  const question = page.getByRole("region", { name: "Is fine-tuning better than a good prompt?" });
  await question.getByRole("link", { name: "Evaluate the prompted base" }).click();
  await expect(page).toHaveURL(/evaluate\?view=start&versions=prompted$/);
  await expect(page.getByRole("checkbox", { name: "prompted", exact: true })).toBeChecked();
});
