import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { mulberry32, type Random } from "../../../shared/domain/random.ts";
import type { JudgeSettings, JudgeStamp } from "../../../shared/schema/judge.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type Chat, createChat } from "../llm/chat.ts";
import { type Clock, systemClock } from "../llm/clock.ts";
import type { Embedder } from "../llm/embeddings.ts";
import { readPrices } from "../llm/prices.ts";
import { readPrompt } from "../llm/prompts.ts";
import { openJudgeCache } from "./cache.ts";
import type { Judge } from "./judge.ts";
import { createRuleJudge } from "./ruleJudge.ts";
import { type ReadSetting, readJudgeSettings } from "./settings.ts";

export interface JudgeDependencies {
  readonly files: FileLayer;
  /** `resources/prompts`. */
  readonly promptsFolder: string;
  /** `resources/prices.json`. */
  readonly pricesFile: string;
  /** `.namewright/judge-cache.jsonl` of the workspace. */
  readonly cacheFile: string;
  /** Returns the key, or null if none is set. It is sent only to the endpoint. */
  readonly apiKey: () => Promise<string | null>;
  readonly setting: ReadSetting;
  /** Receives warnings for the user, such as a long wait or unreadable lines of the cache. */
  readonly warn: (message: string) => void;
  readonly given?: Partial<JudgeSettings>;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Returns the judge's cache file in a workspace's state folder. */
export const judgeCacheFile = (stateFolder: string) => path.join(stateFolder, "judge-cache.jsonl");

/**
 * Opens a chat with the LLM endpoint, for the judge and for writing rows, and its embeddings where
 * NAMEWRIGHT_EMBEDDING_MODEL names a model for them.
 * @throws Failure `missing` without a key or a model
 */
export async function openChat(
  dependencies: Omit<JudgeDependencies, "promptsFolder" | "cacheFile">,
): Promise<{ chat: Chat; settings: JudgeSettings; embedder: Embedder | null }> {
  const { clock = systemClock, random = mulberry32(Date.now()) } = dependencies;
  const { files, pricesFile, warn } = dependencies;
  const prices = await readPrices(files, pricesFile);
  const apiKey = await dependencies.apiKey();
  if (apiKey === null || apiKey === "") {
    throw new Failure("missing", "no API key is set for the LLM endpoint", {
      hint: "Set OPENAI_API_KEY in the environment or .env (any word works for a local server without keys), or judge offline with --judge rule.",
    });
  }
  // Read right after the key, so that the address is the one that the key was checked for.
  const settings = readJudgeSettings(dependencies.setting, prices, dependencies.given);
  // Loaded lazily, because the openai package is slow to load and the rule judge doesn't need it.
  const { createChatEndpoint } = await import("../llm/endpoint.ts");
  const { createEmbedder } = await import("../llm/embeddings.ts");
  const endpoint = createChatEndpoint(settings, apiKey, () => clock.wallTime());
  const model = dependencies.setting("NAMEWRIGHT_EMBEDDING_MODEL")?.trim();
  const embedder = model ? createEmbedder({ settings, model, apiKey, clock, random }) : null;
  return { chat: createChat({ endpoint, settings, clock, random, warn }), settings, embedder };
}

/** Returns the requested judge, otherwise the LLM judge if a key is set, otherwise the rule judge. */
export async function chooseJudge(
  asked: JudgeStamp["kind"] | null,
  apiKey: () => Promise<string | null>,
): Promise<JudgeStamp["kind"]> {
  if (asked !== null) return asked;
  return (await apiKey()) ? "openai" : "rule";
}

/** Creates the judge. Throws `Failure` `missing` when the LLM judge has no key or model. */
export async function createJudge(
  asked: JudgeStamp["kind"] | null,
  dependencies: JudgeDependencies,
): Promise<Judge> {
  if ((await chooseJudge(asked, dependencies.apiKey)) === "rule") return createRuleJudge();
  const { files, promptsFolder, cacheFile, warn } = dependencies;
  const { chat, settings } = await openChat(dependencies);
  const { createOpenAiJudge } = await import("./openaiJudge.ts");
  return createOpenAiJudge({
    settings,
    chat,
    cache: openJudgeCache(files, cacheFile, warn),
    prompts: {
      names: await readPrompt(files, promptsFolder, "names"),
      label: await readPrompt(files, promptsFolder, "label"),
    },
  });
}
