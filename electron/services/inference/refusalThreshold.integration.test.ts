import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readRows } from "../../../shared/domain/csv/rows.ts";
import type { GeneratedRow, TokenChoice } from "../../../shared/schema/inference.ts";
import { engineMissing, fixtureModel, launchRealWorker } from "../testing/engineFixtures.ts";
import { createInferenceService } from "./inferenceService.ts";

// The engine shares its cores with other tests.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const missing = engineMissing();
const dataset = path.resolve(import.meta.dirname, "../../../e2e/fixtures/tiny-sample/data/dataset_v1.csv");
const prefix = "Suggest five domain names for this business: ";
const greedy: TokenChoice = { temperature: 0, maxTokens: 100 };

describe.skipIf(missing !== null)(
  `an answer under a refusal threshold${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const service = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    let contents: string[];
    let plain: GeneratedRow[];

    async function generated(choice: TokenChoice): Promise<GeneratedRow[]> {
      const rows: GeneratedRow[] = [];
      await service.generateRows({
        model: fixtureModel("adapter"),
        rows: contents.map((content, at) => ({ key: String(at), content: prefix + content, seed: at })),
        choice,
        sharedPrefix: prefix,
        onRow: (row) => rows.push(row),
      });
      return rows.sort((one, other) => Number(one.key) - Number(other.key));
    }

    beforeAll(async () => {
      const [, ...rows] = readRows(await readFile(dataset, "utf8"), ",", dataset);
      contents = rows.flatMap(([description = ""]) => (description === "" ? [] : [description])).slice(0, 48);
      plain = await generated(greedy);
    });
    afterAll(() => service.stop());

    test("refuses exactly the rows whose refusal probability is at least the threshold", async () => {
      const probabilities = plain.map(({ refusalProbability }) => refusalProbability ?? Number.NaN);
      // Between two rows, so that the rule refuses some that the model answers, or the other way around.
      const sorted = probabilities.toSorted((one, other) => other - one);
      const refusalThreshold = sorted[9] as number;
      const rows = await generated({ ...greedy, refusalThreshold });
      expect(rows.map(({ refusalProbability }) => refusalProbability)).toEqual(probabilities);
      expect(rows.map(({ text }) => text === "")).toEqual(
        probabilities.map((probability) => probability >= refusalThreshold),
      );
      expect(rows.filter(({ text }) => text === "")).toHaveLength(10);
    });

    test("keeps the text of the rows that it doesn't refuse, and answers those that the model refuses", async () => {
      const rows = await generated({ ...greedy, refusalThreshold: 1 });
      const refused = plain.filter(({ text }) => text === "");
      expect(refused.length).toBeGreaterThan(0);
      for (const [at, before] of plain.entries()) {
        if (before.text === "") expect(rows[at]?.text.trim()).not.toBe("");
        else expect(rows[at]?.ids).toEqual(before.ids);
      }
    });

    test("works together with the names grammar", async () => {
      const rows = await generated({ ...greedy, refusalThreshold: 1, grammar: { refusalLine: null } });
      expect(rows.map(({ text }) => text.split("\n").length)).toEqual(rows.map(() => 5));
    });
  },
);
