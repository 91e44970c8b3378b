import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readRows } from "../../../shared/domain/csv/rows.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import type { AnswerGrammar, GeneratedRow, TokenChoice } from "../../../shared/schema/inference.ts";
import { engineMissing, fixtureModel, launchRealWorker } from "../testing/engineFixtures.ts";
import { createInferenceService } from "./inferenceService.ts";

// The engine shares its cores with other tests.
vi.setConfig({ testTimeout: 90_000 });

const missing = engineMissing();
const dataset = path.resolve(import.meta.dirname, "../../../data/dataset_v1.csv");
const prefix = "Suggest five domain names for this business: ";
const names: AnswerGrammar = { refusalLine: null };
/** Five names of the greatest length need at most this many tokens. */
const enough = 260;

const outcomeOf = (row: GeneratedRow | undefined) => parseCompletion(row?.text ?? "missing").outcome;

async function descriptions(): Promise<string[]> {
  const [, ...rows] = readRows(await readFile(dataset, "utf8"), ",", dataset);
  return rows.flatMap(([description = ""]) => (description === "" ? [] : [description]));
}

describe.skipIf(missing !== null)(
  `an answer under the grammar${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const service = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    afterAll(() => service.stop());

    async function generated(choice: TokenChoice, contents: readonly string[]): Promise<GeneratedRow[]> {
      const rows: GeneratedRow[] = [];
      await service.generateRows({
        model: fixtureModel("adapter"),
        rows: contents.map((content, at) => ({
          key: String(at),
          content: prefix + content,
          seed: rowSeed(1, at, 0),
        })),
        choice,
        sharedPrefix: prefix,
        onRow: (row) => rows.push(row),
      });
      return rows.sort((one, other) => Number(one.key) - Number(other.key));
    }

    test("greedy text that is already well-formed or a refusal doesn't change, nor do its probabilities", async () => {
      const contents = await descriptions();
      const plain = await generated({ temperature: 0, maxTokens: 100 }, contents);
      const constrained = await generated({ temperature: 0, maxTokens: 100, grammar: names }, contents);
      const counts = { answered: 0, refused: 0, malformed: 0 };
      for (const [at, before] of plain.entries()) {
        const after = constrained[at];
        counts[outcomeOf(before)] += 1;
        expect(after?.refusalProbability).toBe(before.refusalProbability);
        if (outcomeOf(before) === "malformed") continue;
        expect(after?.ids).toEqual(before.ids);
        expect(after?.nameProbabilities).toEqual(before.nameProbabilities);
      }
      expect(counts.answered).toBeGreaterThan(20);
      expect(counts.refused).toBeGreaterThan(0);
      expect(constrained.filter((row) => outcomeOf(row) === "malformed")).toEqual([]);
    });

    test("sampled text is always well-formed or a refusal, and reproducible in any selection of rows", async () => {
      const contents = (await descriptions()).slice(0, 24);
      const plain = await generated({ temperature: 1.6, maxTokens: enough }, contents);
      expect(plain.filter((row) => outcomeOf(row) === "malformed").length).toBeGreaterThan(5);
      const choice = { temperature: 1.6, maxTokens: enough, grammar: names };
      const constrained = await generated(choice, contents);
      for (const row of constrained) {
        expect(row.stop).toBe("end");
        expect(outcomeOf(row)).not.toBe("malformed");
      }
      expect(constrained.filter((row) => outcomeOf(row) === "answered").length).toBeGreaterThan(5);
      const some = await generated(choice, contents.slice(0, 3));
      expect(some.map(({ ids }) => ids)).toEqual(constrained.slice(0, 3).map(({ ids }) => ids));
    });

    test("text that the token limit cuts off stays malformed", async () => {
      const [row] = await generated({ temperature: 0, maxTokens: 6, grammar: names }, ["A family bakery"]);
      expect(row?.stop).toBe("length");
      expect(outcomeOf(row)).toBe("malformed");
    });
  },
);
