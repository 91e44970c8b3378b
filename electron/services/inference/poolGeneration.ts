import { bestOfPool } from "../../../shared/domain/generation/bestOfPool.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import type { GeneratedRow } from "../../../shared/schema/inference.ts";
import type { PoolDecoding } from "../../../shared/schema/result.ts";
import type { GenerateOptions, GenerationSummary, InferenceService } from "./inferenceService.ts";
import { tokenChoice } from "./tokenChoice.ts";

/** One row to generate for. `row` seeds its completions, together with the decoding's seed. */
interface PoolRow {
  readonly key: string;
  readonly content: string;
  readonly row: number;
}

/**
 * What came out for a row. `tokens` counts those of all its completions. `latencyMs` is the wall time of its greedy
 * beginning and of its completions, from the start of the first to the end of the last.
 */
export type PooledRow = Omit<GeneratedRow, "ids"> & { readonly tokens: number };

interface PoolOptions extends Pick<GenerateOptions, "model" | "sharedPrefix" | "signal"> {
  readonly rows: readonly PoolRow[];
  readonly decoding: PoolDecoding;
  /** The line that is a refusal; null: no text is. */
  readonly refusal: string | null;
  /** Receives each row once when it is finished, not in the order of `rows`. */
  readonly onRow: (row: PooledRow) => void;
}

/** Enough tokens for a greedy refusal: at most two white-space tokens and the end of the text. */
const refusalTokens = 3;

/**
 * Generates the best names of a pool for each row. First, the beginning of the greedy completion decides whether the row
 * is refused, with the refusal probability where there is a threshold. It costs about one reading of the prompt. Then
 * every row that isn't refused gets its sampled completions, each of which must have text.
 * Throws as `InferenceService.generateRows`.
 */
export async function generatePools(
  inference: InferenceService,
  options: PoolOptions,
): Promise<GenerationSummary> {
  const { rows, decoding, refusal, onRow, ...common } = options;
  const { k } = decoding.pool;
  const begun = new Map<string, GeneratedRow>();
  const summary = await inference.generateRows({
    ...common,
    rows: rows.map(({ key, content }) => ({ key, content, seed: 0 })),
    choice: tokenChoice({ ...decoding, temperature: 0, maxTokens: refusalLimit(options) }, refusal),
    refusalProbability: refusal === null,
    onRow(row) {
      if (isRefusal(row, refusal)) onRow(withTokens(row));
      else begun.set(row.key, row);
    },
  });
  const pools = new Map<string, Sample[]>();
  const answered = rows.filter(({ key }) => begun.has(key));
  if (answered.length === 0) return summary;
  return inference.generateRows({
    ...common,
    rows: answered.flatMap(({ key, content, row }) =>
      Array.from({ length: k }, (_, sample) => ({
        key: sampleKey(key, sample),
        content,
        seed: rowSeed(decoding.seed, row, sample),
      })),
    ),
    // The row isn't refused, so every completion has text.
    choice: { ...tokenChoice(decoding, refusal), refusalThreshold: 1 },
    onRow(sample) {
      const key = rowOf(sample.key);
      const pool = [...(pools.get(key) ?? []), { ...sample, endedAt: performance.now() }];
      pools.set(key, pool);
      const first = begun.get(key);
      if (pool.length < k || first === undefined) return;
      pools.delete(key);
      onRow(pooledRow(first, pool, options));
    },
  });
}

/** A refusal by a word may take any number of tokens, so its greedy completion isn't shortened. */
function refusalLimit({ decoding, refusal }: PoolOptions): number {
  return refusal === null ? Math.min(refusalTokens, decoding.maxTokens) : decoding.maxTokens;
}

function isRefusal({ text, stop }: GeneratedRow, refusal: string | null): boolean {
  return stop === "end" && parseCompletion(text, refusal).outcome === "refused";
}

const sampleKey = (key: string, sample: number): string => `${key}/${sample}`;
const rowOf = (key: string): string => key.slice(0, key.lastIndexOf("/"));

function withTokens({ ids, ...row }: GeneratedRow): PooledRow {
  return { ...row, tokens: ids.length };
}

type Sample = GeneratedRow & { readonly endedAt: number };

function wallTime(pool: readonly Sample[]): number {
  const start = Math.min(...pool.map(({ endedAt, latencyMs }) => endedAt - latencyMs));
  return Math.max(...pool.map(({ endedAt }) => endedAt)) - start;
}

/** Combines a row's completions, in the order of their samples. */
function pooledRow(
  begun: GeneratedRow,
  pool: readonly Sample[],
  { decoding, refusal }: PoolOptions,
): PooledRow {
  const byKey = new Map(pool.map((sample) => [sample.key, sample]));
  const samples = pool.flatMap((_, at) => byKey.get(sampleKey(begun.key, at)) ?? []);
  const { text, nameProbabilities } = bestOfPool(samples, { weight: decoding.pool.lambda, refusal });
  return {
    key: begun.key,
    text,
    nameProbabilities: [...nameProbabilities],
    stop: "end",
    refusalProbability: begun.refusalProbability,
    tokens: samples.reduce((sum, { ids }) => sum + ids.length, begun.ids.length),
    latencyMs: begun.latencyMs + wallTime(pool),
  };
}
