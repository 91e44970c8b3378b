import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { type JudgeServer, startJudgeServer } from "../judge-server.mjs";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { writePool } from "./support/pool.ts";

const rows = (page: Page) => page.getByRole("table", { name: "Rows of the results" });
const drawer = (page: Page) => page.getByRole("dialog");
const counts = (page: Page) => page.getByTestId("live-counts");
const settled = async (page: Page) => Number(/^(\d+) of/.exec((await counts(page).textContent()) ?? "")?.[1]);
const textOf = (...parts: string[]) => readFile(path.join(...parts), "utf8");

test("an evaluation can be estimated, started, paused, reloaded and resumed until its figures appear", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  test.setTimeout(180_000);
  await open("evaluate", { query: "?view=start&versions=v1" });
  const plan = page.getByRole("region", { name: "Estimate" });
  await page.getByRole("radio", { name: "Sampled" }).check();
  await expect(plan).toContainText("1,080");
  await page.getByRole("radio", { name: "Greedy" }).check();
  await expect(plan).toContainText("360");
  const command = plan.getByRole("region", { name: "Terminal command" });
  await page.getByRole("radio", { name: "Best of pool" }).check();
  await expect(plan).toContainText("2,880");
  await expect(plan).not.toContainText("already has results");
  await expect(command).toContainText("--decoding best-of-pool");
  await page.getByRole("radio", { name: "Greedy" }).check();
  const onlyValid = page.getByRole("checkbox", { name: "Allow only valid names" });
  await onlyValid.check();
  await expect(command).toContainText("--grammar names");
  await onlyValid.uncheck();
  await expect(command).not.toContainText("--grammar");
  await expect(plan).toContainText("free");
  await expect(plan).toContainText("v1 already has results. They are replaced");
  await expect(command).toContainText("namewright eval --version v1 --judge rule");
  await page.getByRole("button", { name: "Evaluate v1" }).click();

  await expect(page).toHaveURL(/view=runs&run=\d{8}T\d{6}-evaluation-/);
  await expect(counts(page)).toContainText(/[1-9]\d* of 360 rows completed/);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByText("Paused between two rows.")).toBeVisible();
  const before = await settled(page);
  expect(before).toBeLessThan(360);
  await page.reload();
  await expect(page.getByText("Paused between two rows.")).toBeVisible();
  await expect(counts(page)).toContainText(`${before} of 360 rows completed`);
  // Rows from before the reload appear again, without held-out rows.
  const live = page.getByRole("table", { name: "Incoming rows" });
  await expect(live.getByRole("row").nth(1)).toBeVisible();
  const heldout = (await textOf(host.workspace, "data", "test_set.csv"))
    .split("\n")
    .filter((line) => /,heldout,/.test(line))
    .map((line) => line.replace(/^"/, "").slice(0, 40));
  const shown = (await live.textContent()) ?? "";
  expect(heldout.length).toBeGreaterThan(100);
  expect(heldout.filter((description) => shown.includes(description))).toEqual([]);

  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect.poll(() => settled(page)).toBeGreaterThan(before);
  await page.reload();
  await page.getByRole("button", { name: "Open results of v1" }).click({ timeout: 90_000 });
  await expect(page.getByText("Judged by the rule judge. Decoding: greedy")).toBeVisible();
  await expect(page.getByRole("region", { name: "v1: dev rows" })).toContainText("Delivered rule score");
  const confidence = page.getByRole("region", { name: "Name probability against rule score" });
  await expect(confidence.getByRole("row")).toHaveCount(11);
  const run = (await readdir(path.join(host.workspace, "runs")))
    .filter((name) => name.includes("-evaluation-"))
    .sort()
    .at(-1);
  expect(await textOf(host.workspace, "data", "model_v1-results.csv")).toContain(run);
});

test("a cancelled evaluation shows its progress again after it is resumed", { tag: "@transport" }, async ({
  page,
  open,
}) => {
  test.setTimeout(120_000);
  await open("evaluate", { query: "?view=start&versions=v1" });
  await page.getByRole("button", { name: "Evaluate v1" }).click();
  await expect(counts(page)).toContainText(/[1-9]\d* of 360 rows completed/);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const cancelled = page.getByText("Cancelled. Completed rows are kept");
  await expect(cancelled).toBeVisible();
  const before = await settled(page);
  expect(before).toBeLessThan(360);
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(cancelled).toBeHidden();
  await expect.poll(() => settled(page)).toBeGreaterThan(before);
});

test("a matrix cell and a slice open their rows, and the URL restores the filter", async ({ page, open }) => {
  await open("evaluate", { query: "?version=v1" });
  const cell = page.locator("[data-hit=missed_inappropriate]");
  const missed = /(\d+) rows/.exec((await cell.getAttribute("aria-label")) ?? "")?.[1];
  await cell.click();
  await expect(page).toHaveURL(/cell=missed_inappropriate/);
  await expect(page.getByText(`${missed} of 130 rows`)).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${missed} of 130 rows`)).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "everyday" }).click();
  await expect(page).toHaveURL(/slice=everyday/);
  await expect(rows(page).getByRole("row").nth(1)).toContainText("everyday");
  await page.getByRole("textbox", { name: "Search descriptions and names" }).fill("no such words anywhere");
  await expect(page.getByRole("heading", { name: "No matching rows" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByText("130 rows", { exact: true })).toBeVisible();
});

test("a report on one version is saved to the workspace and downloaded", async ({ page, open, host }) => {
  test.skip(test.info().project.metadata.transport === "port", "the desktop only saves the report");
  await open("evaluate", { query: "?version=v1" });
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Report on v1 (HTML)" }).click();
  const given = await readFile(await (await download).path(), "utf8");
  expect(given).toBe(await textOf(host.workspace, "images", "v1-report.html"));
  await expect(page.getByText("Report saved")).toBeVisible();
});

test("a URL of an unevaluated version shows a notice, and a click anywhere on a row opens it", async ({
  page,
  open,
}) => {
  await open("evaluate", { query: "?version=v9&view=rows" });
  await expect(page.getByRole("alert")).toContainText("v9 has no results");
  await expect(page.getByRole("alert")).toContainText("Showing v2 instead.");
  await rows(page).getByRole("row").nth(1).getByRole("cell", { name: "harmful", exact: true }).click();
  await expect(drawer(page)).toBeVisible();
  await drawer(page).getByRole("button", { name: "Close row" }).click();
  await rows(page).getByRole("row").nth(1).getByRole("checkbox").check();
  await expect(drawer(page)).toBeHidden();
});

test("a manual label is marked, counted in every figure, and can be undone", async ({ page, open, host }) => {
  await open("evaluate", { query: "?version=v1" });
  const cell = page.locator("[data-hit=missed_inappropriate]");
  const missed = async () => Number(/(\d+) rows/.exec((await cell.getAttribute("aria-label")) ?? "")?.[1]);
  await expect(cell).toBeAttached();
  const before = await missed();
  await page.getByText("Rows", { exact: true }).click();
  const first = rows(page).getByRole("row").nth(1);
  await expect(first).toContainText("missed harmful");
  await first.getByRole("button").click();
  await drawer(page).getByRole("textbox", { name: "Reason" }).fill("it only sounds like it");
  await drawer(page).getByText("Safe", { exact: true }).click();
  await expect(drawer(page).getByLabel("label set manually")).toBeVisible();
  await expect(drawer(page)).toContainText("it only sounds like it");
  const file = path.join(host.workspace, "data", "model_v1-overrides.csv");
  expect(await readFile(file, "utf8")).toContain("it only sounds like it");
  await drawer(page).getByRole("button", { name: "Close row" }).click();
  await page.getByText("Figures", { exact: true }).click();
  await expect(page.getByText("1 label set manually")).toBeVisible();
  await expect.poll(missed).toBe(before - 1);
  await page.getByRole("button", { name: "Show corrections" }).click();
  await expect(rows(page).getByLabel("label set manually")).toHaveCount(1);
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  await drawer(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(drawer(page).getByLabel("label set manually")).toHaveCount(0);
  await drawer(page).getByRole("button", { name: "Close row" }).click();
  await page.getByText("Figures", { exact: true }).click();
  await expect.poll(missed).toBe(before);
  await expect(readFile(file)).rejects.toThrow();
});

test("Ctrl+Z undoes one correction at a time, and only while a row is open", async ({ page, open, host }) => {
  await open("evaluate", { query: "?version=v1&view=rows&cell=missed_inappropriate" });
  const byPerson = drawer(page).getByLabel("label set manually");
  const file = path.join(host.workspace, "data", "model_v1-overrides.csv");
  const labels = async () => (await readFile(file, "utf8")).trim().split("\n").length - 1;
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  await drawer(page).getByText("Safe", { exact: true }).click();
  await expect(byPerson).toBeVisible();
  await drawer(page).getByRole("button", { name: "Close row" }).click();
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  await drawer(page).getByText("Safe", { exact: true }).click();
  await expect(byPerson).toBeVisible();
  expect(await labels()).toBe(2);
  // Both keys are pressed before the host answers the first one.
  await page.evaluate(() => {
    for (let times = 0; times < 2; times += 1)
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }));
  });
  await expect(byPerson).toHaveCount(0);
  expect(await labels()).toBe(1);
  const undo = drawer(page).getByRole("button", { name: /^Undo label of row/ });
  await expect(undo).toBeEnabled();
  await drawer(page).getByRole("button", { name: "Close row" }).click();
  await expect(drawer(page)).toBeHidden();
  await page.keyboard.press("Control+z");
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  await expect(undo).toBeEnabled();
  expect(await labels()).toBe(1);
  await undo.click();
  await expect(undo).toHaveCount(0);
  await expect(labels()).rejects.toThrow();
});

test("a manual score replaces the judge's score and can be removed", async ({ page, open }) => {
  await open("evaluate", { query: "?version=v1&view=rows&cell=ok&outcome=answered" });
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  const names = drawer(page).getByRole("table", { name: "Names and scores" });
  await expect(names.getByRole("row").nth(1)).toContainText("relevance");
  await names
    .getByRole("button", { name: /^Correct the score of/ })
    .first()
    .click();
  await drawer(page).getByRole("textbox", { name: "Score, 0 to 1" }).fill("0.95");
  await drawer(page).getByRole("button", { name: "Save my score" }).click();
  await expect(names.getByRole("row").nth(1)).toContainText("0.950");
  await expect(names.getByLabel("score set manually")).toHaveCount(1);
  await names
    .getByRole("button", { name: /^Correct the score of/ })
    .first()
    .click();
  await drawer(page).getByRole("button", { name: "Remove my score" }).click();
  await expect(names.getByLabel("score set manually")).toHaveCount(0);
});

test("held-out rows stay hidden until they are revealed, and that costs a look", async ({
  page,
  open,
  host,
}) => {
  await open("evaluate", { query: "?version=v1&view=rows&split=heldout" });
  await expect(page.getByText("Held-out rows are hidden.")).toBeVisible();
  // Nothing was loaded yet, so the count is unknown rather than zero.
  await page.getByText("Held-out", { exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("The number of looks used is unknown.");
  await page.getByRole("button", { name: "Keep hidden" }).click();
  await page.getByRole("button", { name: "Show dev rows" }).click();
  await expect(page.getByText("130 rows", { exact: true })).toBeVisible();
  await page.getByText("Held-out (230)").click();
  await expect(page.getByRole("dialog")).toContainText("0 of 5 looks used");
  await page.getByRole("button", { name: "Keep hidden" }).click();
  await expect(page.getByText("130 rows", { exact: true })).toBeVisible();
  await page.getByText("Held-out (230)").click();
  await page.getByRole("button", { name: "Reveal rows" }).click();
  await expect(page.getByText("Held-out rows: 1 of 5 looks used.")).toBeVisible();
  // No rows can be generated for held-out rows.
  await expect(rows(page).getByRole("checkbox", { name: /^Select row/ })).toHaveCount(0);
  const looks = await textOf(host.workspace, "data", "heldout-looks.jsonl");
  expect(
    looks
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ kind: "rows" }, { kind: "reading", baseline: "v1", candidate: "v1", budget: 5 }]);
});

test("generated rows are reviewed one by one before they become a dataset", async ({ page, open, host }) => {
  await writePool(host);
  await open("evaluate", { query: "?view=rows&only=failures" });
  const boxes = rows(page).getByRole("checkbox", { name: /^Select row/ });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  const bar = page.getByRole("region", { name: "Selected rows" });
  await expect(bar.getByLabel("Maximum LLM calls")).toHaveCount(0);
  await bar.getByText("LLM", { exact: true }).click();
  await bar.getByLabel("Maximum LLM calls").fill("40");
  await expect(bar.getByLabel("Maximum cost (USD)")).toBeVisible();
  await bar.getByText("Row pool").click();
  await bar.getByLabel("Seed").fill("7");
  await page.getByRole("button", { name: "Generate rows" }).click();
  await expect(
    page.getByText("10 rows for v2's 2 failing rows: 0 accepted, 0 rejected, 10 to review"),
  ).toBeVisible();

  const reasons = page.getByRole("region", { name: "Why these rows" });
  await expect(reasons.getByRole("row").nth(1)).toContainText(/[1-9] missed harmful.*Row \d+: /);

  const card = (position: number) => page.getByRole("region", { name: `Proposed row ${position} of 10` });
  await card(1)
    .getByRole("button", { name: /^Accept/ })
    .click();
  await expect(card(2)).toBeVisible();
  await page.keyboard.press("r");
  await card(3).getByRole("textbox", { name: "Description" }).fill("A sailmaker who mends rigging in winter");
  // Viewing another row keeps what was typed.
  const index = page.getByRole("navigation", { name: "Proposed rows" });
  await index.getByRole("button").nth(4).click();
  await expect(card(5)).toBeVisible();
  await index.getByRole("button").nth(2).click();
  await expect(index.getByRole("button").nth(2)).toContainText("edited, not accepted");
  await card(3).getByRole("button", { name: "Accept edited row" }).click();
  await expect(page.getByText("2 accepted, 1 rejected, 7 to review")).toBeVisible();
  // A row that is in the test set is rejected with the reason.
  const tested = (await textOf(host.workspace, "data", "test_set.csv")).split("\n")[1]?.split(",")[0] ?? "";
  await card(4).getByRole("textbox", { name: "Description" }).fill(tested);
  await card(4).getByRole("button", { name: "Accept edited row" }).click();
  await expect(card(4).getByRole("alert")).toContainText("a row of the test set");
  await page.reload();
  await expect(page.getByText("2 accepted, 1 rejected, 7 to review")).toBeVisible();
  await page.getByRole("button", { name: "Create dataset_v3 with 2 accepted rows" }).click();
  await expect(page.getByText("dataset_v3 created with 232 rows")).toBeVisible();
  const written = await textOf(host.workspace, "data", "dataset_v3.csv");
  expect(written.startsWith(await textOf(host.workspace, "data", "dataset_v2.csv"))).toBe(true);
  expect(written).toContain("A sailmaker who mends rigging in winter");
  const provenance = await textOf(host.workspace, "data", "dataset_v3.provenance.jsonl");
  expect(
    provenance
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).source),
  ).toEqual(["pool", "person"]);
});

test("every view of Evaluate passes axe in both themes", async ({ page, open, host }) => {
  test.setTimeout(240_000);
  await writePool(host);
  await open("evaluate");
  await expect(page.getByRole("button", { name: /^safe, answered/ })).toBeAttached();
  await expectAccessible(page);
  await open("evaluate", { query: "?view=rows&only=failures" });
  await rows(page)
    .getByRole("checkbox", { name: /^Select row/ })
    .first()
    .check();
  await expectAccessible(page);
  await open("evaluate", { query: "?view=rows&cell=ok" });
  await rows(page).getByRole("row").nth(1).getByRole("button").click();
  await drawer(page)
    .getByRole("button", { name: /^Correct the score of/ })
    .first()
    .click();
  await expectAccessible(page);
  for (const [view, landmark] of [
    ["start", "Estimate"],
    ["runs", "evaluate v2 with the rule judge"],
  ] as const) {
    await open("evaluate", { query: `?view=${view}` });
    await expect(page.getByRole("region", { name: landmark })).toBeVisible();
    await expectAccessible(page);
  }
  await open("evaluate", { query: "?view=rows&only=failures" });
  await rows(page)
    .getByRole("checkbox", { name: /^Select row/ })
    .first()
    .check();
  await page.getByRole("button", { name: "Generate rows" }).click();
  await expect(page.getByRole("region", { name: /^Proposed row 1/ })).toBeVisible();
  await expectAccessible(page);
});

test.describe("an empty workspace", () => {
  test.use({ hostOptions: { from: "dataset" } });
  test("explains what appears here and evaluates the base model", async ({ page, open }) => {
    test.setTimeout(120_000);
    await open("evaluate");
    await expect(page.getByRole("heading", { name: "No results yet" })).toBeVisible();
    await page.getByRole("button", { name: "Evaluate a version" }).click();
    await expect(page.getByText("not measured in this workspace yet")).toBeVisible();
    await page.getByRole("button", { name: "Evaluate base" }).click();
    await page.getByRole("button", { name: "Open results of base" }).click({ timeout: 90_000 });
    await expect(page.getByRole("region", { name: "base: dev rows" })).toBeVisible();
  });
});

/** A host whose judge gives two malformed replies for about every fifth row, then a normal one. */
const judged = test.extend<{ judge: JudgeServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern.
  judge: async ({}, use) => {
    const isCanary = (row: string) =>
      /^A (small bakery that sells sourdough|law firm that advises)/.test(row);
    const server = await startJudgeServer({
      script: (row) =>
        row.length % 5 === 0 && !isCanary(row) ? ["malformed", "malformed", "normal"] : ["normal"],
    });
    await use(server);
    await server.close();
  },
  hostOptions: async ({ judge }, use) => {
    await use({
      from: "sample",
      env: {
        OPENAI_API_KEY: "sk-e2e-secret",
        OPENAI_BASE_URL: judge.baseUrl,
        NAMEWRIGHT_JUDGE_MODEL: "scripted",
      },
    });
  },
});

judged("an LLM judge's scores are shown, and unscored rows can be rejudged", async ({ page, open }) => {
  judged.setTimeout(180_000);
  await open("evaluate", { query: "?view=start&versions=v2" });
  const plan = page.getByRole("region", { name: "Estimate" });
  await expect(plan).toContainText("Judge calls");
  await expect(plan.getByRole("row", { name: /^Cost/ })).toContainText("unknown");
  await page.getByRole("button", { name: "Evaluate v2" }).click();
  await page.getByRole("button", { name: "Open results of v2" }).click({ timeout: 120_000 });
  await expect(page.getByRole("region", { name: "v2: dev rows" })).toContainText("Delivered quality");
  await expect(page.getByText(/The judge failed on \d+ rows?/)).toBeVisible();
  await page.getByRole("button", { name: "Rejudge unscored rows" }).click();
  await page.getByRole("button", { name: "Open results of v2" }).click({ timeout: 60_000 });
  await expect(page.getByRole("region", { name: "v2: dev rows" })).toBeVisible();
  await expect(page.getByText(/The judge failed on/)).toHaveCount(0);
  await page.getByText("Rows", { exact: true }).click();
  await page.getByRole("button", { name: "Score" }).click();
  const first = rows(page).getByRole("row").nth(1);
  // The previous rows stay visible until the sorted ones are loaded.
  await expect(first.getByRole("cell").last()).toContainText(/\d\.\d{3}/);
  await first.getByRole("button").click();
  const names = drawer(page).getByRole("table", { name: "Names and scores" });
  await expect(names).toContainText(/relevance \d, creativity \d, brandability \d, conciseness \d/);
  await expect(names).toContainText("scripted");
});
