import { afterEach, describe, expect, it, vi } from "vitest";
import { styled, written } from "./output.ts";

afterEach(() => vi.unstubAllEnvs());

describe("written", () => {
  it("passes only our own styles to a terminal", () => {
    vi.stubEnv("NO_COLOR", "");
    vi.stubEnv("TERM", "xterm");
    const terminal = { isTTY: true } as NodeJS.WriteStream;
    const text = styled("red", "\u001b[31mname\u0007", terminal);
    expect(written(`${text} \u009b2J`)).toBe("\u001b[31m\\u001b[31mname\\u0007\u001b[39m \\u009b2J");
  });

  it("keeps line ends and tabs, and escapes characters that change the text direction", () => {
    expect(written("a\r\nb\tc\u202ed")).toBe("a\nb\tc\\u202ed");
  });

  it("keeps the meaning of JSON", () => {
    const value = { name: "\u009b\u202e\u001b\\" };
    expect(JSON.parse(written(JSON.stringify(value)))).toEqual(value);
  });
});
