import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Label } from "../../../shared/schema/dataset.ts";
import { EvaluationPlanRequestSchema } from "../../../shared/schema/evaluationPlan.ts";
import { type Correction, RowsRequestSchema } from "../../../shared/schema/evaluationRows.ts";
import { createComparisonService } from "../comparison/comparisonService.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createModelStore } from "../model/modelStore.ts";
import { createRunService } from "../run/runService.ts";
import { testCompute } from "../testing/compute.ts";
import { testHeldout } from "../testing/heldout.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, openWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createEvaluationQueries, type EvaluationQueries } from "./evaluationQueries.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let study: EvaluationQueries;
let environment: Record<string, string>;

const heldoutOf = (space: Workspace) => testHeldout(files, space).heldout;

function studyOf(space: Workspace, heldout = heldoutOf(space)): EvaluationQueries {
  const setting = {
    files,
    workspace: space,
    now: () => new Date("2026-01-02T03:04:05Z"),
    models: createModelStore(files, space, { merged: () => Promise.reject(new Error()) }),
    platform: {
      paths: {
        resources: path.join(root, "resources"),
        embeddedBase: path.join(root, "models", "tiny-mistral"),
      },
      secrets: { get: async () => environment.OPENAI_API_KEY ?? null },
      setting: (name: string) => environment[name],
    },
    // One token per character. No row of the sample is long enough to be tokenized with its usual prompt.
    inference: { tokenize: async (_model: object, texts: string[]) => texts.map((text) => [...text]) },
    bases: {
      open: async () => ({ hash: "another" }),
      hashOf: async () => "another",
      inspect: async () => ({ folder: path.join(root, "models", "tiny-mistral"), gguf: "base.gguf" }),
    },
  };
  const runs = createRunService({ files, runsFolder: space.paths.runs, kinds: [] });
  return createEvaluationQueries(setting as never, runs, testCompute(files), heldout);
}

beforeEach(async () => {
  environment = {};
  folder = await mkdtemp(path.join(tmpdir(), "study-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  for (const version of ["v1", "v2"]) {
    await files.copy(
      path.join(tinySample, "data", `model_${version}-results.csv`),
      workspace.paths.results(version),
    );
    await files.copy(path.join(tinySample, "models", `model_${version}`), workspace.paths.model(version));
  }
  study = studyOf(workspace);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rowsOf = (request: object) => study.rows(RowsRequestSchema.parse({ version: "v1", ...request }));
const label = (row: number, to: Label | null): Correction => ({ kind: "label", row, label: to, note: "" });

describe("rows", () => {
  test("lists dev rows, worst first, hides held-out rows until they are revealed, and counts the look", async () => {
    const page = await rowsOf({ limit: 5 });
    expect(page).toMatchObject({ split: "dev", scale: "rule-score", offset: 0 });
    expect(page.total).toBe(page.matched);
    expect(page.rows[0]).toMatchObject({ failure: "missed-harmful", split: "dev" });
    expect(page.heldout).toMatchObject({ opened: false, looks: { used: 0, budget: 5 } });
    await expect(rowsOf({ split: "heldout" })).rejects.toMatchObject({ code: "check-failed" });
    await expect(rowsOf({ split: "all" })).rejects.toMatchObject({ code: "check-failed" });
    expect(await study.openHeldout("v1")).toMatchObject({ opened: true, looks: { used: 1 } });
    // Further reading isn't another look. The other version's rows are.
    const heldout = await rowsOf({ split: "heldout" });
    expect(heldout.rows.every(({ split }) => split === "heldout")).toBe(true);
    expect(heldout.total).toBe(page.heldout.rows);
    expect((await study.openHeldout("v1")).looks?.used).toBe(1);
    expect((await study.openHeldout("v2")).looks?.used).toBe(2);
  });

  test("lists as many rows for a matrix cell as its figure", async () => {
    const { side, split } = await study.summary({ version: "v1", split: "dev" });
    const { block } = side.safety;
    const count = async (cell: string) => (await rowsOf({ filter: { cells: [cell] } })).matched;
    expect(split).toBe("dev");
    expect(await count("missed_inappropriate")).toBe(block.falseNegative);
    expect(await count("false_positive_inappropriate")).toBe(block.falsePositive);
    expect(await count("ok")).toBe(block.trueNegative);
    expect(await count("confirmed_inappropriate")).toBe(block.truePositive);
  });

  test("returns one row in full and guards a held-out row requested by number", async () => {
    const { rows } = await rowsOf({ filter: { cells: ["ok"] }, limit: 1 });
    const row = rows[0]?.row ?? 0;
    const detail = await study.row({ version: "v1", row, sample: 0 });
    expect(detail.names.map(({ name }) => name)).toEqual(rows[0]?.names);
    expect(detail.names[0]).toMatchObject({ broken: [], judged: { index: 0 }, override: null });
    expect(detail.labels).toEqual({ override: null, column: "safe", frozen: null });
    await study.openHeldout("v2");
    const heldout = await study.rows(RowsRequestSchema.parse({ version: "v2", split: "heldout", limit: 1 }));
    const secret = heldout.rows[0]?.row ?? 0;
    await expect(study.row({ version: "v1", row: secret, sample: 0 })).rejects.toMatchObject({
      code: "check-failed",
    });
    await expect(study.row({ version: "v1", row: 100_000, sample: 0 })).rejects.toMatchObject({
      code: "bad-value",
    });
  });
});

describe("corrections", () => {
  test("change figures, are marked, apply to the row in every version, and are undone by their inverse", async () => {
    const before = await study.summary({ version: "v1", split: "dev" });
    const { rows } = await rowsOf({ limit: 1 });
    const row = rows[0]?.row ?? 0;
    const { inverse } = await study.correct({ version: "v1", correction: label(row, "safe") });
    expect(inverse).toEqual(label(row, null));
    const after = await study.summary({ version: "v1", split: "dev" });
    expect(after.overrides).toEqual({ labels: 1, scores: 0 });
    expect(after.side.safety.block.falseNegative).toBe(before.side.safety.block.falseNegative - 1);
    expect((await rowsOf({ filter: { onlyOverridden: true } })).rows).toMatchObject([
      { row, label: "safe", labelSource: "override", overridden: { label: true, scores: 0 } },
    ]);
    expect((await study.row({ version: "v1", row, sample: 0 })).labels).toMatchObject({
      override: { label: "safe" },
      column: "harmful",
    });
    const other = await study.row({ version: "v2", row, sample: 0 });
    expect(other.row).toMatchObject({ label: "safe", labelSource: "override" });
    // Setting it again in the other version moves it there, because a row has one label.
    await study.correct({ version: "v2", correction: label(row, "harmful") });
    expect(await files.exists(workspace.paths.overrides("v1"))).toBe(false);
    await study.correct({ version: "v1", correction: inverse });
    expect(await files.exists(workspace.paths.overrides("v2"))).toBe(false);
    expect(await study.summary({ version: "v1", split: "dev" })).toEqual(before);
  });

  test("of a label in a prompted version's results apply to the row in every version", async () => {
    await files.copy(workspace.paths.results("v1"), workspace.paths.results("prompted+grammar"));
    const { rows } = await rowsOf({ limit: 1 });
    const row = rows[0]?.row ?? 0;
    await study.correct({ version: "prompted+grammar", correction: label(row, "safe") });
    const { row: other } = await study.row({ version: "v2", row, sample: 0 });
    expect(other).toMatchObject({ label: "safe", labelSource: "override" });
  });

  test("of a score count in their version only, also in comparisons", async () => {
    const comparison = createComparisonService({
      hashes: async () => null,
      files,
      workspace,
      compute: testCompute(files),
      ...testHeldout(files, workspace),
    });
    const compared = () => comparison.compare({ baseline: "v1", candidate: "v2" });
    const before = await compared();
    const { rows } = await rowsOf({ filter: { cells: ["ok"], outcomes: ["answered"] }, limit: 1 });
    const { row = 0, names = [] } = rows[0] ?? {};
    const correction: Correction = {
      kind: "score",
      row,
      name: names[0] ?? "",
      score: 1,
      category: null,
      note: "it sings",
    };
    const { inverse } = await study.correct({ version: "v1", correction });
    const detail = await study.row({ version: "v1", row, sample: 0 });
    expect(detail.names[0]).toMatchObject({ override: { score: 1, note: "it sings", scale: "rule-score" } });
    expect(detail.row).toMatchObject({ overridden: { scores: 1 } });
    expect((await study.row({ version: "v2", row, sample: 0 })).row.overridden.scores).toBe(0);
    const after = await compared();
    const mean = (side: typeof after.splits) => side?.dev.baseline.ruleScore?.mean ?? 0;
    expect(mean(after.splits)).toBeGreaterThan(mean(before.splits));
    await study.correct({ version: "v1", correction: inverse });
    expect(mean((await compared()).splits)).toBe(mean(before.splits));
  });

  test("are refused for names without a score, for hidden rows, and in the sample", async () => {
    const harmful = (await rowsOf({ filter: { cells: ["missed_inappropriate"] }, limit: 1 })).rows[0];
    const score = (row: number, name: string): Correction => ({
      kind: "score",
      row,
      name,
      score: 0.5,
      category: null,
      note: "",
    });
    const { row = 0, names = [] } = harmful ?? {};
    const refused = { code: "bad-value" };
    await expect(
      study.correct({ version: "v1", correction: score(row, names[0] ?? "") }),
    ).rejects.toMatchObject(refused);
    await expect(
      study.correct({ version: "v1", correction: score(row, "no-such-name") }),
    ).rejects.toMatchObject(refused);
    const closed =
      1 + Math.max(...(await rowsOf({ sort: { by: "row" }, limit: 500 })).rows.map((one) => one.row));
    await expect(study.correct({ version: "v1", correction: label(closed, "safe") })).rejects.toMatchObject({
      code: "check-failed",
    });
    const sample = studyOf(await openWorkspace(files, tinySample, true));
    await expect(sample.correct({ version: "v1", correction: label(1, "safe") })).rejects.toMatchObject({
      code: "missing",
    });
  });
});

describe("plan", () => {
  const plan = (request: object) =>
    study.plan(EvaluationPlanRequestSchema.parse({ versions: ["base"], judge: null, ...request }));

  test("counts rows and names replaced results; the rule judge costs nothing and makes no calls", async () => {
    const planned = await plan({ versions: ["v2"], decoding: "sampled" });
    expect(planned.testSet).toMatchObject({ rows: 360, unlabelled: 0, hasSplitColumn: true });
    expect(planned.judge).toEqual({ kind: "rule", model: null, endpoint: null, price: null });
    expect(planned.versions).toMatchObject([
      {
        version: "v2",
        generations: 1080,
        judgeCalls: { expected: 0, most: 0 },
        replaces: true,
        seconds: null,
      },
    ]);
    expect(planned).toMatchObject({ cost: null, tokens: null, secondsBasis: { kind: "unknown" } });
    // This test uses a different base than v2 was trained on.
    expect(planned.findings.map(({ code }) => code)).toEqual(["other-base", "replaces"]);
  });

  test("names the results file that an evaluation at a threshold replaces, or keeps", async () => {
    const ofResults = async (threshold: number | "none" | null) => {
      const { findings, versions } = await plan({ versions: ["v2"], threshold });
      const found = findings.filter(({ code }) => code === "replaces" || code === "keeps");
      return [versions[0]?.replaces, ...found.map(({ message }) => message)];
    };
    expect(await ofResults(0.12)).toEqual([false]);
    await files.copy(workspace.paths.results("v2"), workspace.paths.results("v2@0.12"));
    expect(await ofResults(0.12)).toEqual([
      true,
      "v2@0.12 already has results. They are replaced when the new ones are complete.",
    ]);
    workspace.config.refusalThreshold = 0.3;
    expect(await ofResults(null)).toEqual([
      false,
      "v2 has results at another threshold. They are kept as v2@none when the new ones are complete.",
    ]);
  });

  test("warns where a version's threshold was chosen for an earlier adapter", async () => {
    const codesWith = async (adapter: string | undefined) => {
      const chosenOn = { runId: null, results: "", ...(adapter === undefined ? {} : { adapter }) };
      const costs = { falseNegative: 5, falsePositive: 1 };
      workspace.config.operatingPoints = { v2: { threshold: 0.1, costs, harmfulShare: 0.5, chosenOn } };
      return (await plan({ versions: ["v2"] })).findings.map(({ code }) => code);
    };
    const store = createModelStore(files, workspace, { merged: () => Promise.reject(new Error()) });
    expect(await codesWith("earlier")).toContain("point-outdated");
    expect(await codesWith((await store.open("v2")).adapterHash)).not.toContain("point-outdated");
    expect(await codesWith(undefined)).not.toContain("point-outdated");
  });

  test("counts the completions of a pool, and replaces only results of a pool", async () => {
    const planned = await plan({ versions: ["v2"], decoding: "best-of-pool" });
    expect(planned.versions).toMatchObject([{ version: "v2", generations: 2880, replaces: false }]);
    expect(planned.findings.map(({ code }) => code)).toEqual(["other-base"]);
  });

  test("estimates calls, tokens and cost of an LLM judge, without a cost when the price is unknown", async () => {
    environment = { OPENAI_API_KEY: "k", NAMEWRIGHT_JUDGE_MODEL: "some-model" };
    const unpriced = await plan({ versions: ["base", "v1"] });
    expect(unpriced.cost).toBeNull();
    expect(unpriced.findings.map(({ code }) => code)).toContain("no-price");
    expect(unpriced.tokens?.basis).toEqual({ kind: "estimated", run: null });
    const [base, v1] = unpriced.versions;
    // Nothing is known about base. For v1, rows refused last time aren't expected to cost a call.
    expect(base?.judgeCalls.expected).toBe(base?.judgeCalls.most);
    expect(v1?.judgeCalls.expected).toBeLessThan(v1?.judgeCalls.most ?? 0);
    environment = {
      ...environment,
      NAMEWRIGHT_JUDGE_PRICE_INPUT: "1",
      NAMEWRIGHT_JUDGE_PRICE_OUTPUT: "2",
    };
    const priced = await plan({ versions: ["base"] });
    const { input = 0, output = 0 } = priced.tokens ?? {};
    expect(priced.cost?.expected).toBeCloseTo((input + 2 * output) / 1e6, 3);
    const limited = await plan({ versions: ["base"], maxCalls: 10 });
    expect(limited.judgeCalls).toEqual({ expected: 10, most: 10 });
  });

  test("finds test rows that are too long with the prompt of the version", async () => {
    const text = `${"Five names, please. ".repeat(200)}{description}`;
    await files.writeAtomic(path.join(workspace.paths.prompts, "long.txt"), text);
    const { findings, testSet } = await plan({ prompt: "long" });
    expect(findings).toMatchObject([{ severity: "error", code: "long-rows", version: "base" }]);
    expect(testSet?.rows).toBe(360);
  });

  test("lists everything that prevents the evaluation", async () => {
    const codes = async (request: object) => (await plan(request)).findings.map(({ code }) => code);
    expect(await codes({ versions: [] })).toEqual(["no-version"]);
    expect(await codes({ versions: ["v9"] })).toEqual(["no-model"]);
    expect(await codes({ judge: "openai" })).toEqual(["judge"]);
    await files.remove(workspace.paths.testSet);
    expect(await codes({})).toEqual(["test-set"]);
    await files.writeAtomic(workspace.paths.testSet, "description,suggestions\nA bakery,[]\n");
    expect(await codes({})).toEqual(["unlabelled", "few-rows"]);
  });
});

test("counts a look at held-out rows once, whether Evaluate or Compare shows them", async () => {
  const { heldout, looks } = testHeldout(files, workspace);
  const evaluation = studyOf(workspace, heldout);
  const compute = testCompute(files);
  const comparison = createComparisonService({
    hashes: async () => null,
    files,
    workspace,
    compute,
    heldout,
    looks,
  });
  const both = { baseline: "v1", candidate: "v2" };
  expect((await evaluation.openHeldout("v1")).looks?.used).toBe(1);
  expect(await comparison.openHeldout(both)).toMatchObject({ opened: true, looks: { used: 2 } });
  expect(await comparison.openHeldout(both)).toMatchObject({ looks: { used: 2 } });
  expect(await evaluation.openHeldout("v2")).toMatchObject({ opened: true, looks: { used: 2 } });
});
