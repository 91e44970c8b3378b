import type { Failure } from "../../../shared/domain/failure.ts";
import { cosine, SAME_MEANING_COSINE } from "../../../shared/domain/neardup/cosine.ts";
import type { EmbeddingCheck } from "../../../shared/schema/rowCell.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { JudgeCache } from "../judge/cache.ts";
import type { Embedder } from "../llm/embeddings.ts";
import type { Meter } from "../llm/meter.ts";

/** Finds descriptions that say the same as an earlier one in other words. */
export interface SameMeaning {
  /** Embeds descriptions, in as few calls as possible. @throws Failure at a spending limit */
  prepare(descriptions: readonly string[], signal: AbortSignal): Promise<void>;
  /** Whether a prepared description is like an earlier one. */
  hasLike(description: string): boolean;
  add(description: string): void;
  /** What was compared so far. */
  check(): EmbeddingCheck;
}

export interface SameMeaningDependencies {
  readonly embedder: Embedder;
  readonly meter: Meter;
  /** Vectors of earlier runs, so that none is paid for twice. */
  readonly cache: JudgeCache;
  /** Returns the failure of a run that reached its spending limit. */
  limitReached(): Failure;
}

/** Texts per call, so that the vectors of a large model fit in a reply of 4 MiB. */
const textsAtOnce = 32;

const VectorText = {
  write: (vector: readonly number[]) => Buffer.from(new Float32Array(vector).buffer).toString("base64"),
  read: (text: string) => {
    const bytes = new Uint8Array(Buffer.from(text, "base64"));
    return [...new Float32Array(bytes.buffer)];
  },
};

/** Compares nothing, for an endpoint without embeddings. */
export function noMeaning(reason: string): SameMeaning {
  return {
    prepare: async () => {},
    hasLike: () => false,
    add: () => {},
    check: () => ({ kind: "unavailable", reason }),
  };
}

/**
 * Compares the embeddings of descriptions, also with those of `existing`. When the endpoint fails, the comparison ends
 * for the rest of the run, and `check` says so.
 */
export function createSameMeaning(
  { embedder, meter, cache, limitReached }: SameMeaningDependencies,
  existing: readonly string[],
): SameMeaning {
  const vectors = new Map<string, readonly number[]>();
  const earlier = new Set(existing);
  let failed: string | null = null;

  async function embedOnce(texts: readonly string[], signal: AbortSignal): Promise<void> {
    const keyOf = (text: string) => sha256(JSON.stringify({ embedding: embedder.model, text }));
    const missing: string[] = [];
    for (const text of new Set(texts)) {
      if (vectors.has(text)) continue;
      const kept = await cache.get(keyOf(text));
      if (kept === undefined) missing.push(text);
      else vectors.set(text, VectorText.read(kept));
    }
    for (let from = 0; from < missing.length && failed === null; from += textsAtOnce) {
      const page = missing.slice(from, from + textsAtOnce);
      const embedded = await embedder.embed(page, meter, signal);
      if (embedded.kind === "budget") throw limitReached();
      if (embedded.kind === "unavailable") {
        failed = embedded.reason;
        return;
      }
      for (const [at, text] of page.entries()) {
        const vector = embedded.vectors[at] ?? [];
        vectors.set(text, vector);
        await cache.put(keyOf(text), VectorText.write(vector));
      }
    }
  }

  return {
    async prepare(descriptions, signal) {
      if (failed === null && descriptions.length > 0) await embedOnce([...earlier, ...descriptions], signal);
    },
    hasLike(description) {
      const own = vectors.get(description);
      if (own === undefined) return false;
      return [...earlier].some((other) => {
        const vector = vectors.get(other);
        return vector !== undefined && cosine(own, vector) > SAME_MEANING_COSINE;
      });
    },
    add: (description) => void earlier.add(description),
    check: () =>
      failed === null
        ? { kind: "checked", model: embedder.model }
        : { kind: "unavailable", reason: `${embedder.model}: ${failed}` },
  };
}
