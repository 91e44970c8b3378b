import { describe, expect, it } from "vitest";
import { redactionOf } from "./redaction.ts";

const key = "sk-proj/Persons+Own_KEY=0001";
const redact = redactionOf(key);
const unicode = [...key].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

describe("redactionOf", () => {
  it.each([
    ["as it is", `Incorrect API key provided: ${key}.`],
    ["in lower case", key.toLowerCase()],
    ["with a slash escaped by JSON", JSON.stringify(key).replaceAll("/", "\\/")],
    ["in \\u escapes", `"${unicode}"`],
    [
      "in \\u escapes of nested JSON",
      JSON.stringify(JSON.stringify({ reason: "" })).replace("reason", unicode.replaceAll("\\", "\\\\")),
    ],
    ["partly in \\u escapes", key.replace("P", "\\u0050")],
    ["percent-encoded", encodeURIComponent(key)],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(key))],
    ["in HTML entities", [...key].map((one) => `&#${one.charCodeAt(0)};`).join("")],
    ["in hexadecimal HTML entities", [...key].map((one) => `&#x${one.charCodeAt(0).toString(16)};`).join("")],
  ])("removes the key %s", (_, text) => {
    const result = redact(text);
    expect(result).toContain("[redacted]");
    expect(decodeURIComponent(decodeURIComponent(result)).toLowerCase()).not.toContain("persons");
    expect(result).not.toContain(unicode.slice(0, 30));
  });

  it.each(["", "u", "me", "abc", "user:"])("removes the key in Base64 behind %j", (before) => {
    for (const encoding of ["base64", "base64url"] as const) {
      const encoded = Buffer.from(`${before}${key}:x`).toString(encoding);
      const result = redact(`Basic ${encoded}`);
      expect(result).toContain("[redacted]");
      expect(Buffer.from(result.replace("Basic ", ""), encoding).toString()).not.toMatch(/proj|Own_KEY/);
    }
  });

  it.each([
    "Bearer abcdefgh1",
    "authorization: bearer eyJhbGciOi.payload_x.sig-x",
    "Bearer%20abcdefghijklmnopqrst",
    "BEARER\tsk-0001-x",
  ])("removes a token that is not the key: %s", (text) => {
    for (const one of [redact, redactionOf(null)]) expect(one(text)).toMatch(/Bearer \[redacted\]$/);
  });

  it.each(["bearer bonds are safe", "the standard-bearer of names", "Basic services", "many names"])(
    "leaves ordinary words alone: %s",
    (text) => {
      expect(redact(text)).toBe(text);
      expect(redactionOf("any")(text)).toBe(text);
    },
  );

  it("leaves the JSON around the key readable", () => {
    const reply = { content: JSON.stringify({ reason: `"${key}"\n${key}` }) };
    const parsed = JSON.parse(redact(JSON.stringify(reply)));
    expect(JSON.parse(parsed.content)).toEqual({ reason: '"[redacted]"\n[redacted]' });
  });

  it("reads long runs of backslashes and of the key's beginnings once", () => {
    const hostile = `${"\\".repeat(1_000_000)}${"sk-proj".repeat(200_000)}${"bearer ".repeat(200_000)}`;
    expect(redact(hostile)).toHaveLength(hostile.length);
  });
});
