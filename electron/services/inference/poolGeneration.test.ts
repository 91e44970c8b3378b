import { expect, test } from "vitest";
import { poolDecoding } from "../../../shared/domain/generation/bestOfPool.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import type { GeneratedRow } from "../../../shared/schema/inference.ts";
import type { GenerateOptions, InferenceService } from "./inferenceService.ts";
import { generatePools, type PooledRow } from "./poolGeneration.ts";

/** Answers every row of a call with the text that `textOf` gives, the last row first. */
function inferenceOf(textOf: (key: string, isGreedy: boolean) => string) {
  const calls: GenerateOptions[] = [];
  const inference = {
    async generateRows(options: GenerateOptions) {
      calls.push(options);
      for (const { key } of [...options.rows].reverse()) {
        const text = textOf(key, options.choice.temperature === 0);
        const nameProbabilities =
          text === "" ? [] : text.split("\n").map(() => ({ probability: 0.1, perToken: 0.5 }));
        options.onRow({
          ...{ key, text, nameProbabilities, latencyMs: 2, refusalProbability: 0.25 },
          ids: [1, 2],
          stop: "end",
        } satisfies GeneratedRow);
      }
      return { engine: undefined as never, restarts: 0 };
    },
  } as unknown as InferenceService;
  return { calls, inference };
}

async function pooled(inference: InferenceService, refusal: string | null, threshold: number | null = null) {
  const rows: PooledRow[] = [];
  await generatePools(inference, {
    model: { gguf: "base.gguf", adapter: null },
    rows: [1, 2].map((row) => ({ key: `${row}.0`, content: `row ${row}`, row })),
    decoding: { ...poolDecoding, seed: 5, refusalThreshold: threshold },
    refusal,
    onRow: (row) => rows.push(row),
  });
  return rows;
}

const letters = "abcdefgh";
/** One valid name that is different for each sample. */
const nameOf = (key: string) => `name-${letters[Number(key.at(-1))]}`;

test("refuses the rows that greedy decoding refuses, and pools eight seeded completions of the others", async () => {
  const { calls, inference } = inferenceOf((key, isGreedy) =>
    isGreedy ? (key === "1.0" ? "" : "name") : nameOf(key),
  );
  const [refused, answered, ...others] = await pooled(inference, null);
  expect(others).toEqual([]);
  expect(answered).toBeDefined();
  const byKey = Object.fromEntries([refused, answered].map((row) => [row?.key, row]));
  expect(byKey["1.0"]).toMatchObject({ text: "", refusalProbability: 0.25, tokens: 2 });
  expect(byKey["2.0"]).toMatchObject({
    text: "name-a\nname-b\nname-c\nname-d\nname-e",
    refusalProbability: 0.25,
    tokens: 18,
  });
  // The completions overlap, so their times aren't added up.
  expect(byKey["2.0"]?.latencyMs).toBeGreaterThan(3.9);
  const [greedy, sampled] = calls;
  expect(greedy?.choice).toEqual({ temperature: 0, maxTokens: 3 });
  expect(sampled?.choice).toEqual({ temperature: 0.8, maxTokens: 100, refusalThreshold: 1 });
  expect(sampled?.rows.map(({ seed }) => seed)).toEqual(
    Array.from(letters, (_, sample) => rowSeed(5, 2, sample)),
  );
});

test("passes the threshold to the greedy decision only", async () => {
  const { calls, inference } = inferenceOf((_, isGreedy) => (isGreedy ? "" : "name-a"));
  await pooled(inference, null, 0.4);
  expect(calls.map(({ choice }) => choice.refusalThreshold)).toEqual([0.4]);
});

test("reads a whole greedy completion where a word is the refusal", async () => {
  const { calls, inference } = inferenceOf((key, isGreedy) =>
    isGreedy && key === "1.0" ? "NONE" : "NONE of it",
  );
  const rows = await pooled(inference, "NONE");
  expect(calls[0]).toMatchObject({ choice: { maxTokens: 100 }, refusalProbability: false });
  expect(rows.map(({ key, text }) => [key, text]).sort()).toEqual([
    ["1.0", "NONE"],
    ["2.0", "NONE of it"],
  ]);
});

test("reports no row before all its completions are done, so that a resume generates the row again", async () => {
  const { inference } = inferenceOf((key, isGreedy) => (isGreedy ? "name" : nameOf(key)));
  const stopping = {
    async generateRows(options: GenerateOptions) {
      const isGreedy = options.choice.temperature === 0;
      return inference.generateRows({ ...options, rows: options.rows.slice(0, isGreedy ? 2 : 11) });
    },
  } as unknown as InferenceService;
  expect((await pooled(stopping, null)).map(({ key }) => key)).toEqual(["1.0"]);
});
