import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The HTTP status and reason of a refused request, or null if it is allowed. */
export type Refusal = { readonly status: 400 | 401 | 403; readonly reason: string } | null;

/** The names of this machine, with any port, because a tunnel changes the port. */
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Refuses a request that doesn't name this machine or doesn't come from our page. With DNS rebinding, another site
 * resolves to this machine, but its name is in Host, and in Origin if sent. `always`: our pages always send Origin.
 */
export function refuseForeign(headers: IncomingHttpHeaders, origin: "always" | "where-sent"): Refusal {
  const { host } = headers;
  if (host === undefined || !loopback.test(host)) return { status: 403, reason: "foreign host" };
  if (headers.origin === undefined) return origin === "always" ? { status: 403, reason: "no origin" } : null;
  return headers.origin.toLowerCase() === `http://${host.toLowerCase()}`
    ? null
    : { status: 403, reason: "foreign origin" };
}

/**
 * Refuses a request with more than one Host header, as RFC 9112 (3.2) asks: Node keeps the first, and another reader may
 * keep the last. Repeated Origin and token headers need no check: Node joins them, and the joined text matches nothing.
 */
export function refuseRepeatedHost(rawHeaders: readonly string[]): Refusal {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
  return hosts.length > 1 ? { status: 400, reason: "more than one Host header" } : null;
}

/** Compares two texts in constant time, also if their lengths differ. */
function equal(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Refuses a request without this launch's token. */
export function refuseToken(given: string | undefined, token: string): Refusal {
  return given !== undefined && equal(given, token)
    ? null
    : { status: 401, reason: "missing or invalid token" };
}

/** The header with the token of a fetch. */
export const tokenHeader = "x-namewright-token";
/** The WebSocket subprotocol. The token is offered as a second one, after `tokenProtocolPrefix`. */
export const protocolName = "namewright";
const tokenProtocolPrefix = "token.";

/** Returns the token from the offered subprotocols, the only place where a page can send one. */
export function tokenOfProtocols(header: string | undefined): string | undefined {
  return header
    ?.split(",")
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(tokenProtocolPrefix))
    ?.slice(tokenProtocolPrefix.length);
}
