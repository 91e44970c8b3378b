import { Failure } from "../../../shared/domain/failure.ts";
import { boundedFetch } from "../outbound/boundedFetch.ts";
import type { Redact } from "../outbound/redaction.ts";

/** The largest reply that is read, in decoded bytes. A normal reply is a few kilobytes. */
const largestReply = 4 * 1024 * 1024;

const mostRedirects = 5;

/** Only these redirects repeat the request with its body (RFC 9110, 15.4). The others become a GET. */
const repeatingStatuses = new Set([307, 308]);

/** Returns the only headers that we send. The openai package would add its own and those of OPENAI_CUSTOM_HEADERS. */
function headersOf(apiKey: string): Record<string, string> {
  return {
    accept: "application/json",
    "content-type": "application/json",
    authorization: `Bearer ${apiKey}`,
  };
}

/** Returns a redirect's target. @throws Failure `service-refused` for another origin or another method */
function redirectTarget(from: URL, location: string, status: number): URL {
  const to = URL.parse(location, from.href);
  const shown = to === null || to.origin === "null" ? "an invalid address" : `${to.origin}${to.pathname}`;
  if (to !== null && to.origin === from.origin && repeatingStatuses.has(status)) return to;
  throw new Failure(
    "service-refused",
    `${from.origin}${from.pathname} redirects to ${shown} (${status}); nothing was sent there`,
    { hint: "If you trust that address, set OPENAI_BASE_URL to it and OPENAI_API_KEY to a key for it." },
  );
}

/** Returns the `fetch` for the openai package: bounded, with our headers only, and only to the endpoint's origin. */
export function endpointFetch(apiKey: string, redact: Redact) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = { ...init, headers: headersOf(apiKey) };
    let target = new URL(input instanceof Request ? input.url : input);
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const response = await boundedFetch(target, request, { redact, largestBody: largestReply });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) return response;
      target = redirectTarget(target, location, response.status);
    }
    throw new Failure("service-refused", `${target.origin} redirects in a loop`, {
      hint: "Check OPENAI_BASE_URL.",
    });
  };
}
