import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { type JudgeSettings, JudgeSettingsSchema } from "../../../shared/schema/judge.ts";

/** Reads one plain setting from the environment or `.env`. */
export type ReadSetting = (name: string) => string | undefined;

function numberSetting(read: ReadSetting, name: string): number | undefined {
  const value = read(name)?.trim();
  if (value === undefined || value === "") return undefined;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Failure("bad-value", `${name} is no number: ${JSON.stringify(value)}`, {
    hint: "Correct or unset it.",
  });
}

function pricesOf(read: ReadSetting): JudgeSettings["prices"] {
  const input = numberSetting(read, "NAMEWRIGHT_JUDGE_PRICE_INPUT");
  const output = numberSetting(read, "NAMEWRIGHT_JUDGE_PRICE_OUTPUT");
  return input === undefined || output === undefined ? null : { input, output };
}

/**
 * The judge's settings from OPENAI_BASE_URL, NAMEWRIGHT_JUDGE_MODEL, NAMEWRIGHT_JUDGE_CONCURRENCY and
 * NAMEWRIGHT_JUDGE_PRICE_INPUT/_OUTPUT; `given` wins over them.
 * @throws Failure `missing` without a model, `bad-value` for a setting that is none.
 */
export function readJudgeSettings(read: ReadSetting, given: Partial<JudgeSettings> = {}): JudgeSettings {
  const model = given.model ?? read("NAMEWRIGHT_JUDGE_MODEL")?.trim();
  if (model === undefined || model === "") {
    throw new Failure("missing", "no model is set for the LLM judge", {
      hint: "Set NAMEWRIGHT_JUDGE_MODEL (in the environment or .env) to a model your endpoint serves, or judge offline with --judge rule.",
    });
  }
  const baseUrl = read("OPENAI_BASE_URL")?.trim() ?? "";
  const concurrency = numberSetting(read, "NAMEWRIGHT_JUDGE_CONCURRENCY");
  const parsed = JudgeSettingsSchema.safeParse({
    ...(baseUrl === "" ? {} : { baseUrl }),
    ...(concurrency === undefined ? {} : { concurrency }),
    prices: pricesOf(read),
    ...given,
    model,
  });
  if (parsed.success) return parsed.data;
  throw new Failure("bad-value", `the judge's settings: ${z.prettifyError(parsed.error)}`, {
    hint: "Correct OPENAI_BASE_URL or the NAMEWRIGHT_JUDGE_… setting named above.",
  });
}
