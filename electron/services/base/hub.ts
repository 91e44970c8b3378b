import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { boundedFetch } from "../outbound/boundedFetch.ts";
import { redactionOf } from "../outbound/redaction.ts";
import { isLoopback } from "../settings/boundKey.ts";

/** Hugging Face or a mirror of it, with its token. */
export interface Hub {
  /** Without a trailing slash. */
  readonly endpoint: string;
  /** Sent only to this origin; null if none is set. */
  readonly token: { readonly value: string; readonly origin: string } | null;
  /** Silence after which a connection counts as lost, in milliseconds. */
  readonly silenceMs: number;
  /** The wait before the first retry, in milliseconds. Each further wait is twice as long. */
  readonly retryMs: number;
}

/** A transient error that is worth a retry: the connection was lost, or the server is overloaded. */
export class TransientHubError extends Error {
  /** The wait that the server asks for, in milliseconds. */
  readonly waitMs: number | null;

  constructor(reason: string, waitMs: number | null = null) {
    super(reason);
    this.name = "TransientHubError";
    this.waitMs = waitMs;
  }
}

const mostRedirects = 5;
const mostTries = 6;
/** The longest wait that a server may ask for, in milliseconds. */
const longestWaitMs = 120_000;

/** Throws `Failure` unless a redirect leads to HTTPS or to the hub itself, which may be a local mirror over HTTP. */
function assertSafe(target: URL, hub: Hub): void {
  const own = new URL(hub.endpoint);
  if (target.protocol === "https:" || target.origin === own.origin) return;
  if (target.protocol === "http:" && isLoopback(own.href) && isLoopback(target.href)) return;
  throw new Failure("service-refused", `${own.origin} redirects to ${target.origin}, which isn't encrypted`, {
    hint: "Nothing was downloaded from there. Check HF_ENDPOINT.",
  });
}

/** Returns a signal that also fires after `ms` milliseconds without a call of `alive`. */
export function watchdog(signal: AbortSignal, ms: number) {
  const silence = new AbortController();
  const expire = () => silence.abort(new TransientHubError(`no data arrived for ${Math.round(ms / 1000)} s`));
  let timer = setTimeout(expire, ms);
  return {
    signal: AbortSignal.any([signal, silence.signal]),
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, ms);
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * Sends one GET request and follows redirects. The token goes only to its own origin, never to a redirect's target.
 * Throws `Failure` with a remedy when the hub refuses the model.
 *
 * @param id the model, for failure messages
 * @throws TransientHubError when a retry may help
 */
export async function hubGet(
  hub: Hub,
  address: string,
  id: string,
  { headers = {}, signal }: { headers?: Record<string, string>; signal: AbortSignal },
): Promise<Response> {
  const redact = redactionOf(hub.token?.value ?? null);
  let target = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    assertSafe(target, hub);
    const isToken = hub.token !== null && hub.token.origin === target.origin;
    // Sizes and ranges refer to the uncompressed file.
    const sent = {
      ...headers,
      "accept-encoding": "identity",
      ...(isToken ? { authorization: `Bearer ${hub.token?.value}` } : {}),
    };
    const limits = { redact, largestBody: null };
    const response = await boundedFetch(target, { headers: sent, signal }, limits).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new TransientHubError(`couldn't reach ${target.origin}: ${redact(reasonOf(error))}`);
    });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      return checked(response, hub, id);
    }
    target = new URL(location, target);
  }
  throw new Failure("service-refused", `${hub.endpoint} redirects in a loop for ${id}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function checked(response: Response, hub: Hub, id: string): Promise<Response> {
  const { status, headers } = response;
  // 416: the range starts after the end of the file, which the caller handles.
  if (response.ok || status === 416) return response;
  if (status === 429 || status === 408 || status >= 500) {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    throw new TransientHubError(
      `${hub.endpoint} returned ${status}`,
      Number.isFinite(seconds) ? Math.min(seconds * 1000, longestWaitMs) : null,
    );
  }
  throw refusal(status, headers.get("x-error-code") ?? "", hub, id);
}

function refusal(status: number, code: string, hub: Hub, id: string): Failure {
  const unsent =
    hub.token !== null && hub.token.origin !== new URL(hub.endpoint).origin
      ? ` The configured token is bound to ${hub.token.origin}, so it wasn't sent.`
      : "";
  if (code === "GatedRepo" || status === 403) {
    return new Failure("service-refused", `access to ${id} is gated by its authors (${status})`, {
      hint: `Accept the license on ${hub.endpoint}/${id} with your account, create a token with read access, and set HUGGINGFACE_API_TOKEN (in Settings, the environment or .env).${unsent}`,
    });
  }
  if (code === "RevisionNotFound") {
    return new Failure("missing", `the revision of ${id} was not found on ${hub.endpoint}`, {
      hint: "Enter a branch, tag, or commit from the model's page.",
    });
  }
  if (status === 401 || status === 404) {
    return new Failure(
      "missing",
      `model ${id} was not found on ${hub.endpoint} or isn't accessible (${status})`,
      {
        hint: `Check the ID. A private model needs HUGGINGFACE_API_TOKEN.${unsent}`,
      },
    );
  }
  return new Failure("service-refused", `${hub.endpoint} refused ${id} (${status})`, {
    hint: "Try again later, or download the model manually and enter its folder.",
  });
}

/**
 * Retries `work` with growing waits. An attempt that made progress resets the count.
 * @param isFurther whether the last attempt made progress
 * @throws Failure `missing` after the last attempt
 */
export async function retryWithBackoff<Value>(
  hub: Pick<Hub, "retryMs">,
  signal: AbortSignal,
  work: () => Promise<Value>,
  { onRetry, isFurther }: { onRetry(reason: string): void; isFurther(): boolean },
): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientHubError)) throw error;
      if (isFurther()) tries = 1;
      if (tries >= mostTries) {
        throw new Failure("missing", error.message, {
          hint: "Check your connection and resume. Data that was already downloaded is kept.",
          cause: error,
        });
      }
      onRetry(error.message);
      const waitMs = error.waitMs ?? hub.retryMs * 2 ** (tries - 1);
      await wait(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
