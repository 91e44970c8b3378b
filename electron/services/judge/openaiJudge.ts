import { fence } from "../../../shared/domain/judging/fence.ts";
import { readLabelReply, readNamesReply } from "../../../shared/domain/judging/reply.ts";
import { shownOrder } from "../../../shared/domain/judging/shuffle.ts";
import type { JudgeSettings, JudgeStamp, LabelVerdict, NamesVerdict } from "../../../shared/schema/judge.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { ChatRequest } from "../llm/attempt.ts";
import type { Chat } from "../llm/chat.ts";
import { createMeter, type Meter } from "../llm/meter.ts";
import type { Prompt } from "../llm/prompts.ts";
import type { JudgeCache } from "./cache.ts";
import type { Judge } from "./judge.ts";

export interface OpenAiJudgeDependencies {
  readonly settings: JudgeSettings;
  readonly chat: Chat;
  readonly cache: JudgeCache;
  readonly prompts: { readonly names: Prompt; readonly label: Prompt };
}

/** A verdict from a usable reply, or the judge's failure. Only the former is cached. */
type Verdict = NamesVerdict | LabelVerdict;
type Unscored = Extract<Verdict, { kind: "unscored" }>;

/** A question to the judge; `key` identifies it in the cache. */
interface Question<V extends Verdict> {
  readonly key: string;
  readonly request: ChatRequest;
  readonly read: (reply: string) => V;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

/** Returns the cache key of a verdict: judge, rubric and content. */
function cacheKey({ baseUrl, model, temperature }: JudgeSettings, prompt: Prompt, content: unknown): string {
  return sha256(
    JSON.stringify({ kind: "openai", baseUrl, model, temperature, rubric: prompt.hash, content }),
  );
}

function requestOf(prompt: Prompt, data: unknown): ChatRequest {
  return {
    system: prompt.instructions,
    user: fence(data),
    schemaName: `${prompt.name}_reply`,
    schema: prompt.schema,
  };
}

/** Attempts to get a readable reply. With a strict schema, an unreadable one is rare. */
const readingsOfOneRow = 2;

/** Rows in progress per concurrent call: while some wait for a retry, others keep every slot busy. */
const rowsPerSlot = 2;

/** Creates an LLM judge that uses any OpenAI-compatible endpoint. */
export function createOpenAiJudge({ settings, chat, cache, prompts }: OpenAiJudgeDependencies): Judge {
  const stamp: JudgeStamp = {
    kind: "openai",
    scale: "likert-1-5",
    model: settings.model,
    rubric: prompts.names.hash,
  };
  const unlimited = createMeter(settings.prices);
  const asking = new Map<string, Promise<Verdict>>();

  /** Returns a verdict from the cache, from a pending call with the same content, or from the endpoint. */
  async function verdictOf<V extends Verdict>(question: Question<V>): Promise<V | Unscored> {
    const { key, read, meter } = question;
    const kept = await cache.get(key);
    if (kept !== undefined) {
      const verdict = read(kept);
      if (verdict.kind !== "unscored") {
        meter.cacheHit();
        return { ...verdict, cached: true };
      }
    }
    const underway = asking.get(key);
    if (underway !== undefined) return (await underway) as V;
    const asked = askEndpoint(question);
    asking.set(key, asked);
    try {
      return await asked;
    } finally {
      asking.delete(key);
    }
  }

  async function askEndpoint<V extends Verdict>(question: Question<V>): Promise<V | Unscored> {
    const { key, request, read, signal, meter } = question;
    for (let asked = 1; ; asked++) {
      const answer = await chat.ask(request, meter, signal);
      if (answer.kind === "unusable") {
        return { kind: "unscored", reason: answer.reason, detail: answer.detail };
      }
      const verdict = read(answer.text);
      if (verdict.kind !== "unscored") await cache.put(key, answer.text);
      if (verdict.kind !== "unscored" || asked === readingsOfOneRow) return verdict;
    }
  }

  return {
    stamp,
    rowsAtOnce: rowsPerSlot * settings.concurrency,
    labelRubric: prompts.label.hash,
    openMeter: (limits) => createMeter(settings.prices, limits),
    scoreNames({ description, names, occasion }, signal, meter = unlimited) {
      const order = shownOrder(description, names);
      const shown = order.map((index, place) => ({ index: place, name: names[index] }));
      // JSON omits an undefined occasion, so it doesn't change the key.
      const key = cacheKey(settings, prompts.names, { description, names, occasion });
      const request = requestOf(prompts.names, { description, names: shown });
      const read = (reply: string) => readNamesReply(reply, names, order);
      return verdictOf({ key, request, read, signal, meter });
    },
    labelDescription({ description, call }, signal, meter = unlimited) {
      const key = cacheKey(settings, prompts.label, { description, call });
      const request = requestOf(prompts.label, { description });
      return verdictOf({ key, request, read: readLabelReply, signal, meter });
    },
  };
}
