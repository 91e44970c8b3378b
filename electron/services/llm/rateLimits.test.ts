import { describe, expect, it } from "vitest";
import { durationMs, limitOf, pauseAfterRefusal, pauseAfterReply } from "./rateLimits.ts";

const headers = (values: Record<string, string>) => new Headers(values);
const limits = (kind: "requests" | "tokens", limit: number, remaining: number, reset: string) => ({
  [`x-ratelimit-limit-${kind}`]: String(limit),
  [`x-ratelimit-remaining-${kind}`]: String(remaining),
  [`x-ratelimit-reset-${kind}`]: reset,
});

describe("durationMs", () => {
  it.each([
    ["1s", 1_000],
    ["6m0s", 360_000],
    ["20ms", 20],
    ["2m59.56s", 179_560],
    ["1h2m", 3_720_000],
    ["7.5", 7_500],
    ["soon", null],
    ["-1s", null],
    ["", null],
    ["1s later", null],
  ])("%s → %s", (text, expected) => {
    const read = durationMs(text);
    if (expected === null) expect(read).toBeNull();
    else expect(read).toBeCloseTo(expected, 6);
  });
});

describe("limitOf", () => {
  it("distinguishes requests and tokens by the remaining allowance, otherwise by the error's type", () => {
    const requests = headers({ ...limits("requests", 60, 0, "1s"), ...limits("tokens", 9000, 800, "5s") });
    const tokens = headers({ ...limits("requests", 60, 12, "1s"), ...limits("tokens", 9000, 0, "5s") });
    expect(limitOf(requests, null)).toBe("requests");
    expect(limitOf(tokens, "requests")).toBe("tokens");
    expect(limitOf(headers({}), "tokens")).toBe("tokens");
    expect(limitOf(headers({}), "rate_limit_error")).toBe("rate");
    expect(limitOf(undefined, undefined)).toBe("rate");
  });
});

describe("pauseAfterRefusal", () => {
  it("returns the Retry-After, otherwise the reset of the limit that refused, otherwise null", () => {
    const both = { ...limits("requests", 60, 12, "1s"), ...limits("tokens", 9000, 0, "5s") };
    expect(pauseAfterRefusal(headers({ ...both, "retry-after": "2" }), null, 0)).toEqual({
      ms: 2_000,
      limit: "tokens",
    });
    expect(pauseAfterRefusal(headers(both), null, 0)).toEqual({ ms: 5_000, limit: "tokens" });
    expect(pauseAfterRefusal(headers({}), "requests", 0)).toBeNull();
  });
});

describe("pauseAfterReply", () => {
  it("waits for the refill of one request and of the tokens that a call uses", () => {
    expect(pauseAfterReply(headers(limits("requests", 60, 1, "59s")), 0)).toBeNull();
    expect(pauseAfterReply(headers(limits("requests", 60, 0, "60s")), 0)).toEqual({
      ms: 1_000,
      limit: "requests",
    });
    const tokens = limits("tokens", 10_000, 500, "57s");
    expect(pauseAfterReply(headers(tokens), 400)).toBeNull();
    expect(pauseAfterReply(headers(tokens), 1_500)).toEqual({ ms: 6_000, limit: "tokens" });
    expect(pauseAfterReply(headers({}), 1_500)).toBeNull();
    // Without the limit, the part of the reset that one call needs is unknown.
    expect(pauseAfterReply(headers({ "x-ratelimit-remaining-requests": "0" }), 0)).toBeNull();
  });
});
