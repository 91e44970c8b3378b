import OpenAI, { APIConnectionTimeoutError, APIError } from "openai";
import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import { linkedController, unlessAborted } from "../async/abort.ts";
import { patientTimeout } from "../async/patientTimeout.ts";
import { type Redact, redactionOf } from "../outbound/redaction.ts";
import type { Attempt, ChatRequest } from "./attempt.ts";
import { readCompletion } from "./completion.ts";
import { endpointFetch } from "./endpointFetch.ts";
import { pauseAfterRefusal, pauseAfterReply } from "./rateLimits.ts";

/** An OpenAI-compatible chat endpoint: one attempt at a time, no retries of its own. */
export interface ChatEndpoint {
  /** @throws Failure `service-refused` when no row can be answered, `cancelled` on abort */
  attempt(request: ChatRequest, signal: AbortSignal): Promise<Attempt>;
}

const quotaCodes = new Set(["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]);
const modelCodes = new Set(["model_not_found", "model_deprecated", "invalid_model", "model_not_available"]);

const stop = (message: string, hint: string, cause: unknown) =>
  new Failure("service-refused", message, { hint, cause });

/** Returns the failure of an error that no retry can fix for any row, or null for another error. */
function stoppingFailure(error: APIError, settings: JudgeSettings): Failure | null {
  const { status, code, type, param } = error;
  const { baseUrl, model } = settings;
  if (status === 401) {
    return stop(
      `${baseUrl} rejected the API key (401)`,
      "Check OPENAI_API_KEY, then resume. No rows are lost.",
      error,
    );
  }
  if (quotaCodes.has(code ?? "") || quotaCodes.has(type ?? "") || status === 402) {
    return stop(
      `the account at ${baseUrl} has no quota left`,
      "Add credit or use another key, then resume.",
      error,
    );
  }
  if (
    modelCodes.has(code ?? "") ||
    status === 404 ||
    status === 410 ||
    (status === 400 && param === "model")
  ) {
    return stop(
      `${baseUrl} has no model ${JSON.stringify(model)} (${status}${code == null ? "" : `, ${code}`})`,
      "Set NAMEWRIGHT_JUDGE_MODEL to a model of this endpoint, and check that OPENAI_BASE_URL ends as its documentation says (usually /v1).",
      error,
    );
  }
  if (status === 403) {
    return stop(
      `the API key has no access to the model ${JSON.stringify(model)} at ${baseUrl} (403)`,
      "Use a key with access to the model.",
      error,
    );
  }
  if (status === 400 && /response_format|json_schema/.test(`${param} ${error.message}`)) {
    return stop(
      `the model ${JSON.stringify(model)} doesn't support Structured Outputs with a strict schema (400)`,
      "Choose a model or server that supports response_format json_schema.",
      error,
    );
  }
  return null;
}

/** Describes an error in one line, without the request's headers. */
function describeError(error: APIError): string {
  return `${error.status}: ${error.message.replace(/\s+/g, " ").slice(0, 300)}`;
}

/** Whether a 429 refused one request that exceeds the whole token limit, which no wait can fix. */
function isTooLarge({ status, message }: APIError): boolean {
  return status === 429 && /request too large/i.test(message);
}

/** Too many requests, service unavailable, and the non-standard "overloaded" of some endpoints. */
const overloadedStatuses = new Set([429, 503, 529]);

function attemptOfError(
  error: unknown,
  timedOut: boolean,
  settings: JudgeSettings,
  wallTime: number,
  redact: Redact,
): Attempt {
  if (error instanceof Error && error.cause instanceof Failure) throw error.cause;
  const failed = (reason: "timeout" | "connection", detail: string): Attempt => {
    const overloaded = reason === "timeout";
    return { kind: "retry", reason, detail, pause: null, charged: true, overloaded };
  };
  if (timedOut || error instanceof APIConnectionTimeoutError) {
    return failed(
      "timeout",
      `no complete reply within ${settings.replyTimeoutMs} + ${settings.bodyTimeoutMs} ms`,
    );
  }
  if (!(error instanceof APIError) || error.status === undefined) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    // The error for an invalid header quotes it, including the key.
    const detail = redact(`${error instanceof Error ? error.message : String(error)}${cause}`);
    return failed("connection", detail.slice(0, 300));
  }
  const stopping = stoppingFailure(error, settings);
  if (stopping !== null) throw stopping;
  const { status } = error;
  const isPassing = status === 429 || status === 408 || status === 409 || status >= 500;
  if (isPassing && !isTooLarge(error)) {
    return {
      kind: "retry",
      reason: status === 429 ? "rate-limited" : "server-error",
      detail: describeError(error),
      pause: pauseAfterRefusal(error.headers, error.type, wallTime),
      charged: false,
      overloaded: overloadedStatuses.has(status),
    };
  }
  const reason = error.code === "content_filter" ? "refused-by-judge" : "rejected-request";
  const usage = { inputTokens: 0, outputTokens: 0 };
  return { kind: "unusable", reason, detail: describeError(error), usage, pause: null };
}

/** Adds the pause that a reply's headers require. */
function withPause(attempt: Attempt, headers: Headers): Attempt {
  if (attempt.kind === "retry") return attempt;
  const { usage } = attempt;
  const tokens = usage === null ? 0 : usage.inputTokens + usage.outputTokens;
  return { ...attempt, pause: pauseAfterReply(headers, tokens) };
}

/**
 * Creates the openai package's client without its retries and logs, because we have our own. The values that it would
 * read from the environment are set to null, because they may belong to another address.
 */
export function createClient(settings: JudgeSettings, apiKey: string, redact: Redact): OpenAI {
  return new OpenAI({
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: settings.baseUrl,
    maxRetries: 0,
    logLevel: "off",
    fetch: endpointFetch(apiKey, redact),
  });
}

/** Returns the body of a request for Structured Outputs. */
function bodyOf({ system, user, schemaName, schema, seed }: ChatRequest, settings: JudgeSettings) {
  const format = { name: schemaName, strict: true, schema };
  return {
    model: settings.model,
    messages: [
      { role: "system" as const, content: system },
      { role: "user" as const, content: user },
    ],
    response_format: { type: "json_schema" as const, json_schema: format },
    max_completion_tokens: settings.maxTokens,
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** The result of a request whose seed was refused. A retry, so that the caller counts both requests. */
const withoutSeed: Attempt = {
  kind: "retry",
  reason: "rejected-request",
  detail: "the endpoint doesn't know the field seed",
  pause: null,
  charged: false,
  overloaded: false,
};

/** Whether a request was refused because the endpoint doesn't know its seed. */
function refusesSeed(error: unknown): boolean {
  return (
    error instanceof APIError &&
    (error.status === 400 || error.status === 422) &&
    /\bseed\b/.test(`${error.param} ${error.message}`)
  );
}

/** Creates an endpoint over HTTP. `wallTime` reads the clock for Retry-After dates. */
export function createChatEndpoint(
  settings: JudgeSettings,
  apiKey: string,
  wallTime: () => number,
): ChatEndpoint {
  const redact = redactionOf(apiKey);
  const client = createClient(settings, apiKey, redact);
  let takesSeed = true;
  return {
    async attempt(request, signal) {
      const sendsSeed = takesSeed && request.seed !== undefined;
      const { controller, release } = linkedController(signal);
      let timedOut = false;
      const expire = () => {
        timedOut = true;
        controller.abort();
      };
      let cancelTimeout = patientTimeout(settings.replyTimeoutMs, expire);
      try {
        const sent = bodyOf(sendsSeed ? request : { ...request, seed: undefined }, settings);
        const asked = client.chat.completions.create(sent, {
          signal: controller.signal,
        });
        const response = await unlessAborted(asked.asResponse(), controller.signal);
        cancelTimeout();
        cancelTimeout = patientTimeout(settings.bodyTimeoutMs, expire);
        const body = redact(await unlessAborted(response.text(), controller.signal));
        return withPause(readCompletion(body, response.headers.get("content-type") ?? ""), response.headers);
      } catch (error) {
        if (signal.aborted) {
          throw new Failure("cancelled", "cancelled while waiting for the judge", { cause: error });
        }
        if (sendsSeed && refusesSeed(error)) {
          takesSeed = false;
          return withoutSeed;
        }
        return attemptOfError(error, timedOut, settings, wallTime(), redact);
      } finally {
        cancelTimeout();
        release();
      }
    },
  };
}
