import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { mulberry32, type Random } from "../../../shared/domain/random.ts";
import type { JudgeSettings, JudgeStamp } from "../../../shared/schema/judge.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type Chat, createChat } from "../llm/chat.ts";
import { type Clock, systemClock } from "../llm/clock.ts";
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
  /** The key, or null where none is set. It is sent to the endpoint and goes nowhere else. */
  readonly apiKey: () => Promise<string | null>;
  readonly setting: ReadSetting;
  /** What a person who looks on should know: a long wait, unreadable lines of the cache. */
  readonly warn: (message: string) => void;
  readonly given?: Partial<JudgeSettings>;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** The file of the judge's cache in a workspace's state folder. */
export const judgeCacheFile = (stateFolder: string) => path.join(stateFolder, "judge-cache.jsonl");

/**
 * A chat with the LLM endpoint, for the judge and for writing rows.
 * @throws Failure `missing` without a key or a model.
 */
export async function openChat(
  dependencies: Omit<JudgeDependencies, "promptsFolder" | "cacheFile">,
): Promise<{ chat: Chat; settings: JudgeSettings }> {
  const { clock = systemClock, random = mulberry32(Date.now()) } = dependencies;
  const { files, pricesFile, warn } = dependencies;
  const prices = await readPrices(files, pricesFile);
  const apiKey = await dependencies.apiKey();
  if (apiKey === null || apiKey === "") {
    throw new Failure("missing", "no API key is set for the LLM endpoint", {
      hint: "Set OPENAI_API_KEY in the environment or .env (any word works for a local server without keys), or judge offline with --judge rule.",
    });
  }
  // At once: the address that the key was found fit for, not one that is set a moment later.
  const settings = readJudgeSettings(dependencies.setting, prices, dependencies.given);
  // Loaded only here: the openai package takes a while, and the rule judge never needs it.
  const { createChatEndpoint } = await import("../llm/endpoint.ts");
  const endpoint = createChatEndpoint(settings, apiKey, () => clock.wallTime());
  return { chat: createChat({ endpoint, settings, clock, random, warn }), settings };
}

/** Which judge is meant: the one asked for, else the LLM where a key is set, else the rule judge. */
export async function chooseJudge(
  asked: JudgeStamp["kind"] | null,
  apiKey: () => Promise<string | null>,
): Promise<JudgeStamp["kind"]> {
  if (asked !== null) return asked;
  return (await apiKey()) ? "openai" : "rule";
}

/** Makes the judge. @throws Failure `missing` where the LLM judge lacks its key or model. */
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
