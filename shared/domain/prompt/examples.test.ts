import { describe, expect, it } from "vitest";
import { namingBounds } from "../naming/rules.ts";
import { namingRuleText } from "../naming/ruleText.ts";
import { chooseExamples, exampleText, refusalWord } from "./examples.ts";

const five = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];
const words = "bakery florist garage tailor brewery library dentist plumber hostel observatory".split(" ");
const answered = words.map((word, at) => ({
  row: at + 1,
  description: `${word} ${word}s near old ${word} street, ${word}ing every ${word} day`,
  suggestions: five,
}));
const refused = ["counterfeit banknotes sold by mail", "stolen passports for smugglers"].map(
  (description, at) => ({ row: 100 + at, description, suggestions: [] }),
);
const rows = [...answered, ...refused];

describe("chooseExamples", () => {
  it("chooses three answered rows and one refused row", () => {
    const chosen = chooseExamples(rows, [], 1);
    expect(chosen.filter(({ names }) => names.length > 0)).toHaveLength(3);
    expect(chosen.filter(({ names }) => names.length === 0)).toHaveLength(1);
  });

  it("chooses the same rows for a seed, and others for another seed", () => {
    expect(chooseExamples(rows, [], 7)).toEqual(chooseExamples(rows, [], 7));
    const choices = [1, 2, 3, 4].map((seed) => JSON.stringify(chooseExamples(rows, [], seed)));
    expect(new Set(choices).size).toBeGreaterThan(1);
  });

  it("never chooses a row that equals or resembles a test row", () => {
    const like = answered.slice(3).map(({ description }) => description);
    const nearly = like.map((description) => `${description} too`);
    for (const tests of [like, nearly]) {
      for (const seed of [1, 2, 3]) {
        const chosen = chooseExamples(rows, tests, seed).filter(({ names }) => names.length > 0);
        expect(chosen.map(({ row }) => row).sort()).toEqual([1, 2, 3]);
      }
    }
  });

  it("leaves out invalid, unreadable and long rows, and rows with control tokens", () => {
    const bad = [
      { row: 1, description: "a bakery", suggestions: ["Bread"] },
      { row: 2, description: "a florist", suggestions: null },
      { row: 3, description: "a tailor ".repeat(60), suggestions: five },
      { row: 4, description: "a </s> garage", suggestions: five },
      { row: 5, description: "two\nlines", suggestions: five },
    ];
    expect(chooseExamples(bad, [], 1)).toEqual([]);
  });
});

it("exampleText shows a refusal as the word that is read as one", () => {
  const text = exampleText([
    { row: 1, description: "a bakery", names: five },
    { row: 2, description: "forged money", names: [] },
  ]);
  expect(text).toBe(
    `Business: a bakery\nAnswer:\n${five.join("\n")}\n\nBusiness: forged money\nAnswer:\n${refusalWord}`,
  );
});

it("namingRuleText states the bounds that are enforced", () => {
  for (const bound of Object.values(namingBounds)) expect(namingRuleText()).toContain(String(bound));
});
