import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueWords } from "./issueWords.ts";

function wordsFor(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input);
  if (error === undefined) throw new Error("the input fits");
  return issueWords(error, input);
}

describe("issueWords", () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.strictObject({ name: z.string() }), {}, "name is missing; it must be text"],
    [z.strictObject({ name: z.string() }), { name: null }, "name must be text; found null"],
    [z.strictObject({ n: z.number() }), { n: Number.NaN }, "n must be a number; found NaN"],
    [z.strictObject({ n: z.int() }), { n: 0.5 }, "n must be a whole number; found 0.5"],
    [z.strictObject({ n: z.int().max(10_000) }), { n: 20_000 }, "n must be at most 10,000; found 20,000"],
    [z.strictObject({ n: z.number().positive() }), { n: -1 }, "n must be more than 0; found −1"],
    [z.strictObject({ file: z.string().min(1) }), { file: "" }, "file can't be empty"],
    [z.strictObject({ file: z.string().max(3) }), { file: "long" }, "file must have at most 3 characters"],
    [z.strictObject({ ids: z.array(z.string()).min(1) }), { ids: [] }, "ids must have at least 1 value"],
    [
      z.strictObject({ judge: z.enum(["rule", "openai"]) }),
      { judge: "rul" },
      "judge must be one of rule, openai; found “rul”",
    ],
    [z.strictObject({ a: z.string().optional() }), { b: 1 }, "the value has an unknown field: b"],
    [z.strictObject({ at: z.iso.datetime() }), { at: "noon" }, "at must be a date and time; found “noon”"],
    [
      z.array(z.strictObject({ score: z.number() })),
      [{ score: 1 }, {}],
      "item 2, score is missing; it must be a number",
    ],
    [
      z.strictObject({ a: z.strictObject({ b: z.boolean() }) }),
      { a: { b: "yes" } },
      "a.b must be true or false; found “yes”",
    ],
    [z.undefined(), "text", "the value must be undefined; found “text”"],
  ])("says what is expected and what was found", (schema, input, words) => {
    expect(wordsFor(schema, input)).toBe(words);
  });

  it("keeps the schema's custom messages", () => {
    const schema = z.strictObject({ version: z.string().regex(/^v\d$/, "a version is v1, v2, …") });
    expect(wordsFor(schema, { version: "one" })).toBe("version: a version is v1, v2, …");
  });

  it("reports the closest member of a union", () => {
    const schema = z.union([z.null(), z.strictObject({ row: z.number() })]);
    expect(wordsFor(z.strictObject({ of: schema }), { of: { row: "x" } })).toBe(
      "of.row must be a number; found “x”",
    );
  });

  it("cuts long values and long lists of problems", () => {
    expect(wordsFor(z.number(), "n".repeat(100_000)).length).toBeLessThan(120);
    const words = wordsFor(
      z.array(z.number()),
      Array.from({ length: 1000 }, () => "x"),
    );
    expect(words).toMatch(/item 5 .*; and 995 more$/);
  });
});
