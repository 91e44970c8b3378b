import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import {
  formatInterval,
  formatNumber,
  formatSigned,
  formatSignedInterval,
} from "../../shared/domain/format/number.ts";
import { formatP } from "../../shared/domain/format/probability.ts";
import { rowsQuestions, verdictSentence } from "../../shared/domain/study/studyWords.ts";
import { type StudyReading, StudyReadingSchema } from "../../shared/schema/study.ts";
import { dropped } from "./support/drop.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { type Host, root } from "./support/host.ts";
import { studyFile } from "./support/studyFile.ts";

/** Reads the study in the terminal. */
async function readByTerminal(host: Host, ...files: string[]): Promise<StudyReading> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(root, "out", "cli.js"), "study", ...files, "--json", "--workspace", host.workspace],
    { cwd: host.workspace, env: { ...process.env, NAMEWRIGHT_DATA_DIR: host.userData }, maxBuffer: 1e8 },
  );
  return StudyReadingSchema.parse(JSON.parse(stdout));
}

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** Expects that the page shows every figure of a reading. */
async function expectShown(page: Page, reading: StudyReading): Promise<void> {
  const verdict = panel(page, "Verdict");
  await expect(verdict).toContainText(verdictSentence(reading));
  for (const reason of reading.comparison.reasons) await expect(verdict).toContainText(reason);
  for (const { name, published, recomputed, decimals } of reading.published) {
    const row = panel(page, "What was published").getByRole("row").filter({ hasText: name }).first();
    for (const claim of [published.baseline, published.candidate])
      if (claim !== null) await expect(row).toContainText(formatNumber(claim, decimals));
    await expect(row).toContainText(formatSigned(recomputed.change, decimals));
  }
  for (const { name, baseline, candidate, change } of reading.corrected) {
    const row = panel(page, "What the rows show").getByRole("row").filter({ hasText: name }).first();
    for (const { value, ci95, n } of [baseline, candidate]) {
      await expect(row).toContainText(formatNumber(value));
      await expect(row).toContainText(`${ci95 === null ? "" : `${formatInterval(ci95)} · `}n ${n}`);
    }
    if (change.ci95 !== null) await expect(row).toContainText(formatSignedInterval(change.ci95));
    await expect(row).toContainText(formatP(change.p));
  }
  for (const { p } of reading.labelChoices)
    await expect(panel(page, "Labels that changed")).toContainText(formatP(p));
  for (const { question } of rowsQuestions(reading))
    await expect(panel(page, "What it would have taken")).toContainText(question);
}

test.describe("in an empty workspace", () => {
  test.use({ hostOptions: { from: "empty" } });

  test("the study opens from Overview and Compare, and shows what the terminal prints", {
    tag: "@transport",
  }, async ({ page, open, host }) => {
    await open("compare");
    await page.getByRole("link", { name: "See an example: the study, re-read" }).click();
    await expect(page).toHaveURL(/\/study$/);
    await open("overview");
    await page.getByRole("link", { name: "See the study it grew from, re-read" }).press("Enter");
    await expect(page).toHaveURL(/\/study$/);
    const reading = await readByTerminal(host);
    expect(reading.source).toBe("stored");
    expect(reading.reproduced).toBe(true);
    await expectShown(page, reading);
    await expect(panel(page, "What was published")).toContainText("Accuracy, not F1");
    await expect(panel(page, "Labels that changed")).toContainText("gave 3 rows another label");
    await page.getByRole("button", { name: /^Table of Changes from v1 to v2/ }).click();
    await expect(
      panel(page, "Changes with intervals").getByRole("row", { name: /^Missed harmful/ }),
    ).toBeVisible();
  });

  test("the command palette opens the study by keyboard", async ({ page, open }) => {
    await open("overview");
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search screens and commands" }).fill("study");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/study$/);
    await panel(page, "Verdict").waitFor();
    const name = page.getByRole("button", { name: "Missed harmful: definition" });
    await name.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("FN / (TP + FN)")).toBeVisible();
  });

  test("the study passes axe in both themes, and a narrow window scrolls only its tables", async ({
    page,
    open,
  }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await open("study");
    await panel(page, "Verdict").waitFor();
    await expectAccessible(page);
    const body = page.getByRole("region", { name: "The study, re-read", exact: true });
    expect(await body.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});

test("two dropped files are computed, and a reload keeps them", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  const file = (name: string) => path.join(host.workspace, "data", `${name}.csv`);
  await writeFile(file("study_v1"), studyFile(null));
  await writeFile(file("study_v2"), studyFile(4));
  await open("study");
  await panel(page, "Verdict").waitFor();
  // The first file by name is v1, in whatever order they are dropped.
  await dropped(page, [
    { name: "study_v2.csv", text: studyFile(4) },
    { name: "study_v1.csv", text: studyFile(null) },
  ]);
  const reading = await readByTerminal(host, file("study_v1"), file("study_v2"));
  expect(reading).toMatchObject({ source: "files", reproduced: false });
  await expectShown(page, reading);
  await expect(panel(page, "Labels that changed")).toContainText("safe → harmful: business 4");
  await expect(panel(page, "Compute it yourself")).toContainText(
    "computed from study_v1 (v1) and study_v2 (v2)",
  );
  await page.reload();
  await expect(panel(page, "Verdict")).toContainText("These files don't have the study's figures.");
  await page.getByRole("button", { name: "Show stored figures" }).click();
  await expect(panel(page, "Verdict")).toContainText("The published numbers can be reproduced");
});

test("a wrong file is named with the remedy, and a single file asks for the other", async ({
  page,
  open,
  host,
}) => {
  await open("study");
  await panel(page, "Verdict").waitFor();
  await page
    .locator("input[type=file]")
    .setInputFiles([
      path.join(host.workspace, "data", "dataset_v1.csv"),
      path.join(host.workspace, "data", "dataset_v2.csv"),
    ]);
  const failure = page
    .getByRole("alert")
    .filter({ hasText: "Couldn't read these files as results of the study" });
  await expect(failure).toContainText("overall_category");
  await expect(panel(page, "Verdict")).toHaveCount(0);
  await page
    .locator("input[type=file]")
    .setInputFiles([
      path.join(host.workspace, "data", "model_v1-results.csv"),
      path.join(host.workspace, "data", "model_v2-results.csv"),
    ]);
  await expect(failure).toContainText("is a results file of Namewright");
  await dropped(page, [{ name: "study_v1.csv", text: studyFile(null) }]);
  await expect(page.getByText("Open the results of v1 and of v2 at once.")).toBeVisible();
  await page.getByRole("button", { name: "Show stored figures" }).click();
  await expect(panel(page, "Verdict")).toBeVisible();
});
