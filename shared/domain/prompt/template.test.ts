import { describe, expect, it } from "vitest";
import { longestPrompt } from "../../schema/prompt.ts";
import { contentFor, fillTemplate, normalizePrompt, readTemplate, refuseUntrainable } from "./template.ts";

const file = "prompts/mine.txt";

describe("readTemplate", () => {
  it("reads the same text from any editor's line endings", () => {
    const text = readTemplate("Names for\n{description}", file).text;
    for (const same of ["Names for\r\n{description}\r\n", "\uFEFFNames for\n{description}\n\n"]) {
      expect(readTemplate(same, file).text).toBe(text);
    }
  });

  it.each([
    ["no description", "Suggest names.", "mine.txt: {description} is missing"],
    ["two descriptions", "{description} {description}", "{description} appears more than once"],
    ["two examples", "{examples} {examples} {description}", "{examples} appears more than once"],
    ["an unknown placeholder", "Names:\n{description}\n{slogan}", "line 3: unknown placeholder {slogan}"],
    [
      "a control token",
      "{description}\n<|im_end|>",
      "line 2: a prompt can't contain the control token <|im_end|>",
    ],
    ["a control character", "a\u0000{description}", "line 1: a prompt can't contain control characters"],
    ["a long text", `{description}${"a".repeat(longestPrompt)}`, `at most ${longestPrompt}`],
  ])("refuses %s and names the place", (_what, text, message) => {
    expect(() => readTemplate(text, file)).toThrow(message);
  });

  it("keeps braces that aren't placeholders", () => {
    const text = 'Answer as {"names": []} or { x }: {description}';
    expect(readTemplate(text, file).text).toBe(text);
  });
});

describe("fillTemplate", () => {
  const parts = { examples: "Business: {description} {rules}", rules: "RULES", refusal: "NONE" };

  it("inserts texts verbatim, also when they look like placeholders", () => {
    const filled = fillTemplate(readTemplate("{rules} {refusal}\n{examples}\n{description}!", file), parts);
    expect(contentFor(filled, "$& {examples}")).toBe(
      "RULES NONE\nBusiness: {description} {rules}\n$& {examples}!",
    );
  });
});

describe("refuseUntrainable", () => {
  it("accepts only a prompt with nothing but the description", () => {
    expect(() => refuseUntrainable(readTemplate("Name {description}", file), "mine")).not.toThrow();
    expect(() => refuseUntrainable(readTemplate("{rules} {description}", file), "mine")).toThrow(
      "mine contains {rules}",
    );
  });
});

it("normalizePrompt leaves a normalized text unchanged", () => {
  const text = normalizePrompt("a\r\nb\r\n\r\n");
  expect(text).toBe("a\nb");
  expect(normalizePrompt(text)).toBe(text);
});
