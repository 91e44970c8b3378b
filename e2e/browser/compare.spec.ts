import { execFile } from "node:child_process";
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import { formatNumber, formatSigned, formatSignedInterval } from "../../shared/domain/format/number.ts";
import { formatP } from "../../shared/domain/format/probability.ts";
import { type Comparison, ComparisonSchema } from "../../shared/schema/comparison.ts";
import { dropped } from "./support/drop.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { type Host, root } from "./support/host.ts";
import { studyFile } from "./support/studyFile.ts";

/** Runs the same comparison in the terminal. */
async function comparedByTerminal(host: Host, ...words: [string, string, ...string[]]): Promise<Comparison> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(root, "out", "cli.js"), "compare", ...words, "--json", "--workspace", host.workspace],
    { cwd: host.workspace, env: { ...process.env, NAMEWRIGHT_DATA_DIR: host.userData }, maxBuffer: 1e8 },
  );
  return ComparisonSchema.parse(JSON.parse(stdout));
}

const figures = (page: Page): Locator => page.getByRole("region", { name: "Figures", exact: true });
const rowsPanel = (page: Page): Locator => page.getByRole("region", { name: "Row by row", exact: true });

test("Compare shows the same values, changes, intervals, p-values and decision as the terminal", async ({
  page,
  open,
  host,
}) => {
  await open("compare", { query: "?baseline=v1&with=v2" });
  const decision = page.getByRole("region", { name: "Decision on v2" });
  await expect(decision).toBeVisible();
  const comparison = await comparedByTerminal(host, "v1", "v2");
  expect(comparison.metrics.length).toBeGreaterThan(10);
  for (const reason of comparison.reasons) await expect(decision).toContainText(reason);
  await figures(page).getByRole("switch", { name: "Show all figures" }).click();
  for (const { id, baseline, candidate, change, ci95, p } of comparison.metrics) {
    const row = figures(page).locator(`[data-metric="${id}"]`);
    for (const shown of [formatNumber(baseline), formatNumber(candidate), formatSigned(change), formatP(p)])
      await expect(row).toContainText(shown);
    if (ci95 !== null) await expect(row).toContainText(formatSignedInterval(ci95));
  }
  await figures(page).getByText("Dev rows", { exact: true }).click();
  for (const { id, change } of comparison.splits?.dev.metrics ?? [])
    await expect(figures(page).locator(`[data-metric="${id}"]`)).toContainText(formatSigned(change));
});

test("Compare redraws the decision by changed settings, marks it, and saves them to the workspace", async ({
  page,
  open,
  host,
}) => {
  await open("compare", { query: "?baseline=v1&with=v2" });
  const decision = page.getByRole("region", { name: "Decision on v2" });
  const mark = "Decided with changed settings: missed-harmful limit.";
  await decision.getByRole("button", { name: "Decision settings" }).press("Enter");
  const settings = page.getByRole("dialog", { name: "Decision settings" });
  const limit = settings.getByRole("textbox", { name: "Maximum missed-harmful rate" });
  await limit.fill("0.1");
  await limit.press("Enter");
  await expect(settings).toContainText(mark);
  await expectAccessible(page);
  const changed = await comparedByTerminal(host, "v1", "v2", "--limits", "missedHarmful=0.1");
  expect(changed.limits[0]?.verdict).toBe("exceeded");
  expect(changed.decision).toBe("do-not-ship");
  await page.keyboard.press("Escape");
  await expect(decision).toContainText("Don't ship it");
  for (const reason of changed.reasons) await expect(decision).toContainText(reason);
  await decision.getByRole("button", { name: "Use workspace settings" }).click();
  await expect(decision).not.toContainText("Decided with changed settings");

  await decision.getByRole("button", { name: "Decision settings" }).click();
  await limit.fill("0.1");
  await limit.press("Enter");
  await settings.getByRole("button", { name: "Save to workspace" }).click();
  await expect(settings).toContainText("These are the workspace's settings.");
  const saved = await comparedByTerminal(host, "v1", "v2");
  expect(saved.changedSettings).toEqual([]);
  expect(saved.reasons).toEqual(changed.reasons);
});

test("Compare updates when a version's results change on disk", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  await open("compare");
  const accuracy = figures(page).locator('[data-metric="accuracy"]');
  await expect(accuracy).toBeVisible();
  await expect(accuracy).not.toContainText(formatSigned(0));
  const file = (version: string) => path.join(host.workspace, "data", `model_${version}-results.csv`);
  await copyFile(file("v1"), file("v2"));
  await expect(accuracy).toContainText(formatSigned(0));
});

test("Compare warns about different judges and compares no row scores", async ({ page, open, host }) => {
  const file = path.join(host.workspace, "data", "model_v2-results.csv");
  await writeFile(
    file,
    (await readFile(file, "utf8")).replaceAll('""kind"":""rule""', '""kind"":""openai""'),
  );
  await open("compare");
  const warnings = page.getByRole("region", { name: "Before you trust the figures of v2" });
  await expect(warnings).toContainText("unequal-judge");
  await expect(warnings.getByRole("row", { name: "judge.kind rule openai" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Row scores" })).toContainText("judged differently");
  await expect(figures(page).locator('[data-metric="delivered-score"]')).toHaveCount(0);
});

test("Compare counts a look at the held-out rows once, even when you leave and return", async ({
  page,
  open,
  host,
}) => {
  await open("compare");
  const decision = page.getByRole("region", { name: "Decision on v2" });
  await expect(decision).toContainText("Look 1 of 5.");
  await page.keyboard.press("7");
  await page.goBack();
  await expect(decision).toContainText("Look 1 of 5.");
  // A finished evaluation reloads all figures. The same two files don't count as another look.
  await page.keyboard.press("5");
  await page.getByRole("main").getByText("Runs", { exact: true }).click();
  await expect(page.getByRole("region", { name: "evaluate v2 with the rule judge" })).toBeVisible();
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Compare" }).click();
  await expect(decision).toContainText("Look 1 of 5.");
  expect((await comparedByTerminal(host, "v1", "v2")).looks).toEqual({ used: 1, budget: 5 });
});

test("the safety figure agrees with its table, and a move opens its rows", async ({ page, open, host }) => {
  await open("compare");
  const safety = page.getByRole("region", { name: "Safety", exact: true });
  const { baseline, candidate } = await comparedByTerminal(host, "v1", "v2");
  for (const [name, { block }] of [
    ["baseline", baseline.safety],
    ["candidate", candidate.safety],
  ] as const) {
    const cell = safety.locator(`[data-hit="${name}/missed_inappropriate"]`);
    await expect(cell).toHaveAccessibleName(new RegExp(`false negative, ${block.falseNegative} rows`));
  }
  const move = safety.getByRole("button", { name: /harmful, answered → harmful, refused/ });
  const moved = Number(/, (\d+) row/.exec((await move.getAttribute("aria-label")) ?? "")?.[1]);
  await safety.getByRole("button", { name: /^Table of/ }).click();
  await expect(
    safety.getByRole("row", { name: /moved: harmful, answered → harmful, refused/ }),
  ).toContainText(String(moved));
  await safety.getByRole("button", { name: /^Chart of/ }).click();
  // A move replaces the previous filters. Its held-out rows are hidden at first.
  await rowsPanel(page)
    .getByText(/^Regressed/)
    .click();
  await rowsPanel(page)
    .getByRole("textbox", { name: /^Search/ })
    .fill("zzz");
  await expect(page).toHaveURL(/q=zzz/);
  await move.click();
  await expect(page).toHaveURL(/from=missed_inappropriate&to=confirmed_inappropriate/);
  await expect(rowsPanel(page)).toContainText("Held-out rows are hidden");
  await rowsPanel(page).getByRole("button", { name: "Show dev rows" }).click();
  await expect(rowsPanel(page).locator("tr[data-verdict]").first()).toContainText("improved");
  await page.reload();
  await expect(rowsPanel(page).getByRole("button", { name: "Selected cells only" })).toBeVisible();
  await move.click();
  await rowsPanel(page).getByRole("button", { name: "Reveal held-out rows", exact: true }).click();
  await expect(rowsPanel(page)).toContainText(`of ${moved} row`);
  const topics = page.getByRole("button", { name: /^left-out topics, n \d+, v2/ });
  const inThem = Number(/, n (\d+)/.exec((await topics.getAttribute("aria-label")) ?? "")?.[1]);
  await topics.click();
  await expect(rowsPanel(page)).toContainText(`of ${inThem} row`);
});

test("arrow keys move between the marks of a figure", async ({ page, open }) => {
  await open("compare");
  const marks = page.getByRole("region", { name: "Safety", exact: true }).locator("[data-hit]");
  await marks.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(marks.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(marks.last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(marks.last()).not.toBeFocused();
});

test("row filters show their count, and held-out rows stay hidden until they are revealed", async ({
  page,
  open,
}) => {
  await open("compare");
  const rows = rowsPanel(page).locator("tr[data-verdict]");
  for (const [filter, verdicts] of [
    ["Improved", /improved/],
    ["Regressed", /regressed/],
    ["Differences only", /improved|regressed|changed|unmatched/],
  ] as const) {
    const choice = rowsPanel(page).getByText(new RegExp(`^${filter} \\d+$`));
    const count = Number(/\d+$/.exec((await choice.textContent()) ?? "")?.[0]);
    await choice.click();
    await expect(rowsPanel(page)).toContainText(`of ${count} row`);
    for (const row of await rows.all()) await expect(row).toHaveAttribute("data-verdict", verdicts);
  }
  await expect(rows.filter({ hasText: "held-out" })).toHaveCount(0);
  await rowsPanel(page).getByRole("button", { name: "Reveal held-out rows (costs a look)" }).click();
  await expect(rows.first()).toContainText("held-out");
  await expect(rowsPanel(page)).toContainText("Held-out rows: 2 of 5 looks used");
});

test("the search field keeps the focus while rows update, and accepts digits", async ({ page, open }) => {
  await open("compare");
  await rowsPanel(page).getByRole("textbox", { name: "Search descriptions and names" }).click();
  await page.keyboard.type("ba");
  await expect(page).toHaveURL(/[?&]q=ba(&|$)/);
  await page.keyboard.type("1");
  await expect(page).toHaveURL(/\/compare\?.*q=ba1(&|$)/);
  await rowsPanel(page).getByRole("button", { name: "Show all dev rows" }).click();
  await expect(rowsPanel(page).getByRole("textbox")).toHaveValue("");
});

test("Compare shows three versions with the baseline first and a decision for each candidate", async ({
  page,
  open,
}) => {
  await open("compare", { query: "?baseline=base&with=v1,v2" });
  const heads = figures(page).getByRole("columnheader");
  await expect(heads.nth(1)).toHaveText("base");
  await expect(heads.nth(2)).toHaveText("v1");
  await expect(heads.nth(5)).toHaveText("v2");
  await expect(page.getByRole("region", { name: "Decision on v1" })).toBeVisible();
  await page.getByText(/^v2: /).click();
  await expect(page.getByRole("region", { name: "Decision on v2" })).toBeVisible();
  await expect(page).toHaveURL(/shown=v2/);
});

test("two external results files give the same comparison as the terminal", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  // The terminal takes the results in the workspace's data folder as those of its versions.
  const file = (version: string) => path.join(host.workspace, `model_${version}-results.csv`);
  for (const version of ["v2", "base"])
    await copyFile(path.join(host.workspace, "data", path.basename(file(version))), file(version));
  await open("compare");
  await page.getByRole("button", { name: "Open CSVs…" }).waitFor();
  await page.locator("input[type=file]").setInputFiles([file("v2"), file("base")]);
  const decision = page.getByRole("region", { name: "Decision on model_v2-results" });
  await expect(decision).toBeVisible();
  const comparison = await comparedByTerminal(host, file("base"), file("v2"));
  for (const { id, change } of comparison.metrics.slice(0, 1))
    await expect(figures(page).locator(`[data-metric="${id}"]`)).toContainText(formatSigned(change));
  for (const reason of comparison.reasons) await expect(decision).toContainText(reason);
});

test("two dropped study files with a flipped label show all four p-values", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  const file = (name: string) => path.join(host.workspace, "data", `${name}.csv`);
  await writeFile(file("study_v1"), studyFile(null));
  await writeFile(file("study_v2"), studyFile(4));
  await open("compare");
  await rowsPanel(page).waitFor();
  // The first file by name is the baseline, in whatever order they are dropped.
  await dropped(page, [
    { name: "study_v2.csv", text: studyFile(4) },
    { name: "study_v1.csv", text: studyFile(null) },
  ]);
  const { difference, labelFlips } = await comparedByTerminal(host, file("study_v1"), file("study_v2"));
  expect(labelFlips).toHaveLength(1);
  const { p, sensitivity } = difference.mcnemar;
  const warnings = page.getByRole("region", { name: "Before you trust the figures of study_v2" });
  for (const one of [p, sensitivity?.baselineLabels, sensitivity?.candidateLabels, sensitivity?.withoutFlips])
    await expect(warnings).toContainText(formatP(one ?? null));
  await warnings.getByRole("button", { name: "Show 1 flipped label" }).click();
  await expect(warnings).toContainText("safe → harmful: business 4");
  // These files have no split column, so all rows are visible.
  await expect(rowsPanel(page)).toContainText("of 24 rows");
  await expect(rowsPanel(page)).not.toContainText(/held-out|dev/);
  await expect(rowsPanel(page).getByRole("button", { name: /Reveal held-out/ })).toHaveCount(0);
});

test("a figure exports as SVG, CSV and PNG", async ({ page, open }) => {
  await open("compare");
  const panel = page.getByRole("region", { name: "Names by category", exact: true });
  const exported = async (item: RegExp): Promise<Buffer> => {
    await panel.getByRole("button", { name: /^Export/ }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    return readFile(await (await download).path());
  };
  expect((await exported(/^CSV/)).toString("utf8")).toMatch(
    /^version,category,names,share\nv1,good,\d+,0\.\d+/,
  );
  const svg = (await exported(/^SVG/)).toString("utf8");
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).not.toMatch(/data-hit|var\(/);
  const png = await exported(/^PNG/);
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  // The PNG has twice the resolution of the SVG.
  expect(png.readUInt32BE(16)).toBe(2 * Number(/ width="(\d+)"/.exec(svg)?.[1]));
});

test("a report is saved to the workspace and downloaded", async ({ page, open, host }) => {
  test.skip(test.info().project.metadata.transport === "port", "the desktop only saves the report");
  await open("compare");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^Report on v2/ }).click();
  const given = await readFile(await (await download).path(), "utf8");
  expect(given).toContain("v1");
  expect(given).toBe(await readFile(path.join(host.workspace, "images", "v1-v2-report.html"), "utf8"));
});

test("Save figures writes the same files as the terminal", async ({ page, open, host }) => {
  const images = path.join(host.workspace, "images");
  const before = await readdir(images);
  await rm(images, { recursive: true });
  await open("compare");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Save figures/ }).click();
  await expect(page.getByText("Figures saved")).toBeVisible({ timeout: 40_000 });
  expect((await readdir(images)).sort()).toEqual(before.filter((name) => /^v[12]-/.test(name)).sort());
});

test("the name of a figure opens its formula and positive class", async ({ page, open }) => {
  await open("compare");
  await figures(page).getByRole("button", { name: "Missed harmful: definition" }).click();
  await expect(page.getByText("FN / (TP + FN)")).toBeVisible();
  await expect(page.getByText("Positive class: block.", { exact: false }).last()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("FN / (TP + FN)")).toBeHidden();
});

test.describe("with fewer than two results", () => {
  test.use({ hostOptions: { from: "dataset" } });
  test("explains what appears here and links to Evaluate", async ({ page, open }) => {
    await open("compare");
    await expect(page.getByRole("heading", { name: "Evaluate two versions to compare them" })).toBeVisible();
    await page.getByRole("link", { name: "Evaluate a version" }).click();
    await expect(page).toHaveURL(/\/evaluate$/);
  });
});

test("Compare passes axe in both themes", async ({ page, open }) => {
  await open("compare");
  await page.getByRole("region", { name: "Decision on v2" }).waitFor();
  await expectAccessible(page);
});
