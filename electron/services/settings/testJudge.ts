import { z } from "zod";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import type { JudgeTest } from "../../../shared/schema/settings.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readJudgeSettings } from "../judge/settings.ts";
import type { Attempt, ChatRequest } from "../llm/attempt.ts";
import { readPrices } from "../llm/prices.ts";
import type { Platform } from "../platform.ts";
import { serviceAddress } from "./boundKey.ts";
import { judgeKey } from "./judgeKey.ts";

/** A minimal request that costs next to nothing. */
const tinyCall: ChatRequest = {
  system: "You are tested. Reply with the JSON that is asked for.",
  user: 'Reply with {"ready": true}.',
  schemaName: "ready",
  schema: {
    type: "object",
    properties: { ready: { type: "boolean" } },
    required: ["ready"],
    additionalProperties: false,
  },
};

const ReadySchema = z.object({ ready: z.boolean() });

/** The timeout of a test, in milliseconds. */
const patienceMs = 30_000;

type Words = Pick<JudgeTest, "outcome" | "message" | "hint">;

const failed = (message: string, hint: string | null): Words => ({ outcome: "failed", message, hint });

/** Describes the result of an attempt. */
function wordsOf(attempt: Attempt, { model }: JudgeSettings): Words {
  if (attempt.kind === "text") {
    if (ReadySchema.safeParse(jsonIn(attempt.text)).success)
      return {
        outcome: "answered",
        message: `${model} replied with the requested JSON.`,
        hint: null,
      };
    return failed(
      `${model} replied, but not with the requested JSON: ${JSON.stringify(attempt.text.slice(0, 120))}`,
      "Choose a model or server that supports Structured Outputs (response_format json_schema).",
    );
  }
  if (attempt.kind === "unusable")
    return failed(`${model} gave no usable reply (${attempt.reason}): ${attempt.detail}`, null);
  return failed(`${attempt.reason}: ${attempt.detail}`, hintOf(attempt));
}

function hintOf({ reason }: Extract<Attempt, { kind: "retry" }>): string {
  switch (reason) {
    case "connection":
      return "Check the address and that the server is running.";
    case "timeout":
      return "The server is slow or not responding. Try again, or check that it is running.";
    case "rate-limited":
      return "The endpoint is reachable but rate-limited. Try again later.";
    case "server-error":
      return "The endpoint reported a server error. Try again later.";
    case "malformed-reply":
      return "Check that the address ends as the endpoint's documentation says, usually in /v1.";
    case "rejected-request":
      return "The endpoint doesn't know a field of the request. Try again without it.";
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function costOf(usage: JudgeTest["usage"], prices: JudgeSettings["prices"]): number | null {
  if (usage === null || prices === null) return null;
  return (usage.inputTokens * prices.input + usage.outputTokens * prices.output) / 1e6;
}

/** Makes one small call without retries and describes the result. */
export async function testJudge(setting: {
  host: Platform;
  platform: Platform;
  files: FileLayer;
  signal: AbortSignal;
}): Promise<JudgeTest> {
  const { host, platform, files, signal } = setting;
  const began = performance.now();
  const baseUrl = serviceAddress(platform, "OPENAI_API_KEY");
  let model: string | null = platform.setting("NAMEWRIGHT_JUDGE_MODEL") ?? null;
  const report = (words: Words, usage: JudgeTest["usage"], cost: number | null): JudgeTest => {
    const latencyMs = Math.round(performance.now() - began);
    return { ...words, baseUrl, model, latencyMs, usage, cost };
  };
  try {
    const prices = await readPrices(files, `${host.paths.resources}/prices.json`);
    const limits = { replyTimeoutMs: patienceMs, bodyTimeoutMs: patienceMs, maxTokens: 512 };
    const key = await judgeKey(host, platform);
    // Read right after the key, so that the address is the one that the key was checked for.
    const settings = readJudgeSettings((name) => platform.setting(name), prices, limits);
    model = settings.model;
    if (key === null) {
      return report(
        failed("no API key is set for the endpoint", `Set a key for ${new URL(baseUrl).origin}.`),
        null,
        null,
      );
    }
    const { createChatEndpoint } = await import("../llm/endpoint.ts");
    const attempt = await createChatEndpoint(settings, key, Date.now).attempt(tinyCall, signal);
    const usage = attempt.kind === "retry" ? null : attempt.usage;
    return report(wordsOf(attempt, settings), usage, costOf(usage, settings.prices));
  } catch (error) {
    if (!(error instanceof Failure) || error.code === "cancelled") throw error;
    const { message, hint } = failureDetail(error);
    return report(failed(message, hint ?? null), null, null);
  }
}
