import { z } from "zod";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import type { Attempt, Usage } from "./attempt.ts";

const CountSchema = z.number().int().nonnegative();

/** The fields that we read of a chat completion. */
const CompletionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: CountSchema, completion_tokens: CountSchema }).nullish(),
});

const unusable = (
  reason: "malformed-reply" | "refused-by-judge" | "cut-off",
  detail: string,
  usage: Usage,
): Attempt => ({
  kind: "unusable",
  reason,
  detail,
  usage,
  pause: null,
});

/** Describes an invalid body in one line. */
function describeBody(body: string, contentType: string): string {
  const kind =
    /html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body)
      ? "an HTML page"
      : "a body that isn't JSON";
  return `the endpoint returned ${kind} with status 200 (${contentType || "no content type"}): ${JSON.stringify(body.slice(0, 80))}; check the base URL and your proxy settings`;
}

/**
 * Parses the body of a successful response: its text, or why it is unusable. A body that isn't JSON came from a proxy
 * or similar, and is retried. Never throws.
 */
export function readCompletion(body: string, contentType: string): Attempt {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    const detail = describeBody(body, contentType);
    return {
      kind: "retry",
      reason: "malformed-reply",
      detail,
      pause: null,
      charged: true,
      overloaded: false,
    };
  }
  const parsed = CompletionSchema.safeParse(json);
  if (!parsed.success) return unusable("malformed-reply", issueWords(parsed.error, json).slice(0, 500), null);
  const { choices, usage: counted } = parsed.data;
  const usage: Usage =
    counted == null ? null : { inputTokens: counted.prompt_tokens, outputTokens: counted.completion_tokens };
  const [choice] = choices;
  const finish = choice?.finish_reason ?? "stop";
  const refusal = choice?.message.refusal;
  if (refusal != null && refusal !== "") return unusable("refused-by-judge", refusal.slice(0, 300), usage);
  if (finish === "content_filter")
    return unusable("refused-by-judge", "stopped by the endpoint's content filter", usage);
  if (finish === "length") return unusable("cut-off", "the reply reached the token limit", usage);
  const text = choice?.message.content ?? "";
  return text === ""
    ? unusable("malformed-reply", "the reply is empty", usage)
    : { kind: "text", text, usage, pause: null };
}
