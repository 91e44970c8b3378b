import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { topicStems, wordGroups } from "./wordGroups.ts";

const described = (descriptions: readonly string[]) =>
  descriptions.map((description, at) => ({ row: at + 1, description }));

const rows = described([
  "Forged passports with a stamp for every visa",
  "Visa stickers and passports for people who can't get them",
  "Blank passports, printed to order with any visa",
  "Roulette wheels with a hidden magnet",
  "Loaded dice and roulette lessons for cheats",
  "A puppet theater for birthdays",
  "A puppet theater for birthdays!",
]);

const background = [
  ...rows.map(({ description }) => description),
  "A bakery by the river",
  "Online lessons for the piano",
];

const shown = (groups: ReturnType<typeof wordGroups<(typeof rows)[number]>>) =>
  groups.map((group) => [group.words.slice(0, 2), group.rows.map(({ row }) => row)]);

describe("wordGroups", () => {
  test("puts rows together that share words, and names them by these words", () => {
    expect(shown(wordGroups(rows, background))).toEqual([
      [
        ["passport", "visa"],
        [1, 2, 3],
      ],
      [
        ["roulette", "hidden"],
        [4, 5],
      ],
      [
        ["birthday", "theater"],
        [6, 7],
      ],
    ]);
  });

  test("counts near-duplicates as one, so that a copy makes no word common", () => {
    const copies = described(["Sold as rare orchids", "Sold as rare orchids!", "Rare ferns"]);
    const groups = wordGroups(copies, [...copies.map(({ description }) => description), "An orchid hotel"]);
    expect(groups.map((group) => group.rows.length)).toEqual([3]);
    expect(groups[0]?.words).toContain("rare");
  });

  test("doesn't depend on the order of the rows", () => {
    const expected = shown(wordGroups(rows, background));
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(shown(wordGroups(shuffled, background))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("keeps every row exactly once", () => {
    const word = fc.constantFrom("visa", "passport", "dice", "bakery", "river", "the", "寿司", "");
    const description = fc.array(word, { maxLength: 5 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(description, { maxLength: 12 }), (descriptions) => {
        const grouped = wordGroups(described(descriptions), descriptions).flatMap((group) => group.rows);
        expect(grouped.map(({ row }) => row).sort((a, b) => a - b)).toEqual(
          descriptions.map((_, at) => at + 1),
        );
      }),
    );
  });

  test("leaves rows without content words on their own and nameless", () => {
    expect(
      wordGroups(described(["to be or not", "???"]), ["to be or not", "???"]).map(({ words }) => words),
    ).toEqual([[], []]);
  });
});

test("topicStems reads any script, and leaves out words that say nothing about a business", () => {
  expect([...topicStems("Some of the ones who cannot sell visas")]).toEqual(["visa"]);
  expect([...topicStems("Фальшивые паспорта")]).toEqual(["фальшивые", "паспорта"]);
});
