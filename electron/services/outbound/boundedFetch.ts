import type { Redact } from "./redaction.ts";

/** The largest body of an error that is read, in decoded bytes: what a person is shown of it is one line. */
const largestErrorBody = 64 * 1000;

/** Statuses whose answer has no body by definition: `Response` accepts none for them. */
const bodiless = new Set([204, 205, 304]);

class BodyTooLarge extends Error {
  constructor(largest: number) {
    super(`the body is larger than ${largest} bytes`);
    this.name = "BodyTooLarge";
  }
}

/** Passes a body on up to a size in decoded bytes. The first chunk beyond it closes the connection. */
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

/** The text of an error, redacted. One that is too large is left out, since a cut could leave half a key. */
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
 * `fetch` for a service that gets a key. It follows no redirect, bounds every body, and removes the key from headers
 * and from bodies of errors. Whoever reads another body removes the key from its text.
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
