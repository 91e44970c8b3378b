import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { type JudgeSettings, JudgeSettingsSchema } from "../../../shared/schema/judge.ts";
import type { PriceTable } from "../llm/prices.ts";

/** Reads one plain setting from the environment or `.env`. */
export type ReadSetting = (name: string) => string | undefined;

function numberSetting(read: ReadSetting, name: string): number | undefined {
  const value = read(name)?.trim();
  if (value === undefined || value === "") return undefined;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Failure("bad-value", `${name} is not a valid number: ${JSON.stringify(value)}`, {
    hint: "Correct the setting or unset it.",
  });
}

/** Reads a setting in seconds and returns milliseconds. */
function secondsSetting(read: ReadSetting, name: string): number | undefined {
  const seconds = numberSetting(read, name);
  return seconds === undefined ? undefined : Math.max(1, Math.round(seconds * 1000));
}

const defined = (settings: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

/** Reads the LLM judge's settings from the environment or `.env`, without unset ones. */
function settingsOf(read: ReadSetting) {
  return defined({
    baseUrl: read("OPENAI_BASE_URL")?.trim() || undefined,
    concurrency: numberSetting(read, "NAMEWRIGHT_JUDGE_CONCURRENCY"),
    replyTimeoutMs: secondsSetting(read, "NAMEWRIGHT_JUDGE_REPLY_TIMEOUT"),
    bodyTimeoutMs: secondsSetting(read, "NAMEWRIGHT_JUDGE_BODY_TIMEOUT"),
    longestWaitMs: secondsSetting(read, "NAMEWRIGHT_JUDGE_LONGEST_WAIT"),
  });
}

function pricesOf(read: ReadSetting, model: string, table: PriceTable): JudgeSettings["prices"] {
  const input = numberSetting(read, "NAMEWRIGHT_JUDGE_PRICE_INPUT");
  const output = numberSetting(read, "NAMEWRIGHT_JUDGE_PRICE_OUTPUT");
  if (input !== undefined && output !== undefined) return { input, output };
  if (input === undefined && output === undefined) return table.get(model) ?? null;
  throw new Failure("bad-value", "only one of the judge's two prices is set", {
    hint: "Set both NAMEWRIGHT_JUDGE_PRICE_INPUT and NAMEWRIGHT_JUDGE_PRICE_OUTPUT, or neither.",
  });
}

/**
 * Reads the judge's settings from OPENAI_BASE_URL, NAMEWRIGHT_JUDGE_MODEL, NAMEWRIGHT_JUDGE_CONCURRENCY, the times in
 * seconds NAMEWRIGHT_JUDGE_REPLY_TIMEOUT, _BODY_TIMEOUT and _LONGEST_WAIT, and the prices in
 * NAMEWRIGHT_JUDGE_PRICE_INPUT and _OUTPUT, else in the table; `given` wins over them.
 * @throws Failure `missing` without a model, `bad-value` for an invalid setting
 */
export function readJudgeSettings(
  read: ReadSetting,
  table: PriceTable,
  given: Partial<JudgeSettings> = {},
): JudgeSettings {
  const model = given.model ?? read("NAMEWRIGHT_JUDGE_MODEL")?.trim();
  if (model === undefined || model === "") {
    throw new Failure("missing", "no model is set for the LLM judge", {
      hint: "Set NAMEWRIGHT_JUDGE_MODEL (in the environment or .env) to a model of your endpoint, or judge offline with --judge rule.",
    });
  }
  const settings = { ...settingsOf(read), prices: pricesOf(read, model, table), ...given, model };
  const parsed = JudgeSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new Failure("bad-value", `invalid judge settings: ${issueWords(parsed.error, settings)}`, {
    hint: "Correct OPENAI_BASE_URL or the NAMEWRIGHT_JUDGE_… setting named above.",
  });
}
