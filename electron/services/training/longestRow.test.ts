import { expect, it } from "vitest";
import { longestRow } from "./longestRow.ts";

const rows = [
  { prompt: "a bakery", suggestions: ["one", "two"] },
  { prompt: "a much longer description of a bakery at the river", suggestions: [] },
];

/** Counts words, and three control tokens around a prompt. */
const words = async (texts: readonly string[], asPrompt: boolean) =>
  texts.map((text) => text.split(/\s+/).filter(Boolean).length + (asPrompt ? 3 : 0));

it("counts prompt, completion and control tokens of the longest row", async () => {
  expect(await longestRow(rows, words, 3)).toBe(4 + 10);
  expect(await longestRow([{ prompt: "a b", suggestions: ["c", "d", "e"] }], words, 3)).toBe(4 + 2 + 3);
});

it("is an upper bound in bytes where tokens can't be counted, and unknown without rows", async () => {
  const bound = await longestRow(rows, async () => null, 3);
  expect(bound).toBeGreaterThanOrEqual(new TextEncoder().encode(rows[1]?.prompt).length);
  expect(bound).toBeLessThan(100);
  expect(await longestRow([], words, 3)).toBeUndefined();
});

it("tokenizes only rows that may be the longest", async () => {
  const many = [
    { prompt: "x ".repeat(500), suggestions: [] },
    ...Array.from({ length: 500 }, () => rows[0] as never),
  ];
  let counted = 0;
  const longest = await longestRow(
    many,
    async (texts, asPrompt) => {
      if (asPrompt) counted += texts.length;
      return words(texts, asPrompt);
    },
    3,
  );
  expect([longest, counted]).toEqual([504, 64]);
});
