import type { Redact } from "./redaction.ts";

/** The largest error body that is read, in decoded bytes. Only one line of it is shown. */
const largestErrorBody = 64 * 1000;

/** Statuses without a body by definition, for which `Response` accepts none. */
const bodiless = new Set([204, 205, 304]);

class BodyTooLarge extends Error {
  constructor(largest: number) {
    super(`the body is larger than ${largest} bytes`);
    this.name = "BodyTooLarge";
  }
}

/** Returns a stream that passes on a body up to a size in decoded bytes. A larger body closes the connection. */
function upTo(largest: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > largest) throw new BodyTooLarge(largest);
      controller.enqueue(chunk);
    },
  });
}

/** Returns an error's redacted text. A large one is omitted, because truncation could leave half a key. */
async function errorText(body: Response["body"], redact: Redact): Promise<string> {
  if (body === null) return "";
  try {
    return redact(await new Response(body.pipeThrough(upTo(largestErrorBody))).text());
  } catch (error) {
    if (error instanceof BodyTooLarge) return error.message;
    throw error;
  }
}

function redactedHeaders(headers: Headers, redact: Redact): Headers {
  const result = new Headers();
  for (const [name, value] of headers) result.append(name, redact(value));
  return result;
}

/**
 * `fetch` for a service that receives a key. Follows no redirects, limits every body, and removes the key from headers
 * and error bodies. Callers that read other bodies must remove the key themselves.
 *
 * @param largestBody decoded bytes of an answer that is no error; null: the caller has a limit of its own
 */
export async function boundedFetch(
  target: URL,
  init: RequestInit,
  { redact, largestBody }: { readonly redact: Redact; readonly largestBody: number | null },
): Promise<Response> {
  const response = await fetch(target, { ...init, redirect: "manual" });
  const { status } = response;
  const headers = redactedHeaders(response.headers, redact);
  if (bodiless.has(status) || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    return new Response(null, { status, headers });
  }
  if (!response.ok) return new Response(await errorText(response.body, redact), { status, headers });
  const body = largestBody === null ? response.body : response.body?.pipeThrough(upTo(largestBody));
  return new Response(body ?? null, { status, headers });
}
