import { poolDecoding } from "../../../shared/domain/generation/bestOfPool.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { contentFor } from "../../../shared/domain/prompt/template.ts";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { SuggestRequest } from "../../../shared/schema/suggest.ts";
import type { GenerationSummary, InferenceService } from "../inference/inferenceService.ts";
import { generatePools, type PooledRow } from "../inference/poolGeneration.ts";
import { tokenChoice } from "../inference/tokenChoice.ts";
import type { ReadyPrompt } from "../prompts/versionPrompt.ts";

interface AnswerRequest extends Pick<SuggestRequest, "decoding" | "seed"> {
  readonly model: ModelRef;
  readonly ready: ReadyPrompt;
  readonly descriptions: readonly string[];
  /** How one completion is generated. Best of pool has a temperature of its own. */
  readonly choice: Pick<Decoding, "temperature" | "maxTokens" | "grammar" | "refusalThreshold">;
  readonly signal: AbortSignal;
  /** Receives the text so far, but not that of a pool. */
  readonly onDelta?: (text: string) => void;
}

/** Answers descriptions with one completion each, or with the best names of a pool, and returns them in their order. */
export async function generateAnswers(
  inference: InferenceService,
  { model, ready, descriptions, decoding, seed, choice, signal, onDelta }: AnswerRequest,
): Promise<{ rows: PooledRow[]; adapter: GenerationSummary["adapter"] }> {
  const found = new Map<string, PooledRow>();
  const { refusal } = ready;
  const common = { model, sharedPrefix: ready.before, signal };
  const rows = descriptions.map((description, at) => ({
    key: String(at),
    content: contentFor(ready, description),
    row: at + 1,
  }));
  const { adapter } =
    decoding === "best-of-pool"
      ? await generatePools(inference, {
          ...common,
          rows,
          decoding: { ...poolDecoding, ...choice, temperature: poolDecoding.temperature, seed },
          refusal,
          onRow: (row) => found.set(row.key, row),
        })
      : await inference.generateRows({
          ...common,
          rows: rows.map(({ key, content, row }) => ({ key, content, seed: rowSeed(seed, row, 0) })),
          choice: tokenChoice(choice, refusal),
          refusalProbability: refusal === null,
          onRow: ({ ids, ...row }) => found.set(row.key, { ...row, tokens: ids.length }),
          ...(onDelta === undefined ? {} : { onDelta: (_key: string, text: string) => onDelta(text) }),
        });
  const inOrder = rows.map(({ key }, at) => {
    const row = found.get(key);
    if (row === undefined) throw new Error(`nothing was generated for ${JSON.stringify(descriptions[at])}`);
    return row;
  });
  return { rows: inOrder, adapter };
}
