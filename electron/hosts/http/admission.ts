import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Why a request is turned away, as HTTP says it; null: it may come in. */
export type Refusal = { readonly status: 400 | 401 | 403; readonly reason: string } | null;

/** Names of this machine. With any port: a tunnel changes it. */
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a request names this machine and comes from a page of ours. A page of another site that was made to resolve
 * to this machine (DNS rebinding) has its own name in Host, and in Origin where it sends one. `always`: a request that
 * no page of ours makes without Origin.
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

/** Compares in constant time, whatever the lengths. */
function equal(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Whether a request holds this launch's token. */
export function refuseToken(given: string | undefined, token: string): Refusal {
  return given !== undefined && equal(given, token)
    ? null
    : { status: 401, reason: "no token, or a wrong one" };
}

/** The header that holds the token on a fetch. */
export const tokenHeader = "x-namewright-token";
/** What the WebSocket speaks; the token is offered beside it, behind `tokenProtocolPrefix`. */
export const protocolName = "namewright";
const tokenProtocolPrefix = "token.";

/** The token among the offered protocols of an upgrade, where browsers let a page put one. */
export function tokenOfProtocols(header: string | undefined): string | undefined {
  return header
    ?.split(",")
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(tokenProtocolPrefix))
    ?.slice(tokenProtocolPrefix.length);
}
