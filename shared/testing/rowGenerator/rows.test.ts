import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keywords } from "../../domain/dataset/keywords.ts";
import { stemOf } from "../../domain/dataset/stem.ts";
import { lintNames } from "../../domain/naming/names.ts";
import { mulberry32 } from "../../domain/random.ts";
import { followsTemplates } from "../nameTemplates.ts";
import { generateSample } from "../rowSample.ts";
import { constraintWordings } from "./constraints.ts";
import { wordCount } from "./grammar.ts";
import { harmfulTopics } from "./lexicon/harmful.ts";
import { safeNeighbours } from "./lexicon/neighbours.ts";
import { numberAffixes, templateNames } from "./nameTemplates.ts";
import { leftOutTopic, type RowRequest, sectors, topics, type WrittenRow, writeRow } from "./row.ts";

function rowsOf(request: RowRequest, count: number, seed = 11): WrittenRow[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, () => writeRow(random, request));
}

function shareOfCommonestTemplate(rows: readonly WrittenRow[]): number {
  const uses = new Map<string, number>();
  for (const { source } of rows) {
    const template = source.split("/").at(-1) ?? "";
    uses.set(template, (uses.get(template) ?? 0) + 1);
  }
  return Math.max(...uses.values()) / rows.length;
}

const answered: readonly RowRequest[] = [
  { kind: "safe" },
  { kind: "safe", topic: leftOutTopic },
  { kind: "neighbour" },
  { kind: "safe", constraint: "no-hyphens" },
  { kind: "safe", constraint: "numbers" },
  { kind: "safe", length: "ultra-long" },
];

describe.each(answered)("2,000 rows of $kind $topic $constraint $length", (request) => {
  const rows = rowsOf(request, 2000);

  test("their names obey the naming rules", () => {
    expect(rows.flatMap(({ suggestions }) => lintNames(suggestions))).toEqual([]);
    expect(rows.every(({ suggestions }) => suggestions.length === 5)).toBe(true);
  });

  test("each name holds a stem of the description", () => {
    const strangers = rows.filter(({ description, suggestions }) => {
      const stems = keywords(description);
      return suggestions.some((name) => !stems.some((stem) => name.includes(stem)));
    });
    expect(strangers).toEqual([]);
  });

  test("texts are complete: no open slot, 2 to 160 words", () => {
    for (const { description } of rows) {
      expect(description).not.toMatch(/[{}]|undefined| {2}|\.\.|^[^A-Za-z]/);
      expect(wordCount(description)).toBeLessThanOrEqual(160);
      expect(wordCount(description)).toBeGreaterThanOrEqual(request.length === "ultra-long" ? 80 : 2);
    }
  });
});

describe("2,000 refusals", () => {
  const rows = rowsOf({ kind: "refusal" }, 2000);

  test("suggest nothing, on every topic", () => {
    expect(rows.every(({ suggestions }) => suggestions.length === 0)).toBe(true);
    expect(new Set(rows.map(({ source }) => source.split("/")[2]))).toEqual(new Set(topics));
  });

  test("say something of their topic's lexicon", () => {
    const silent = rows.filter(({ description, source }) => {
      const entry = harmfulTopics.get(source.split("/")[2] as string);
      const own = new Set(keywords([...entry!.makers, ...entry!.goods, ...entry!.acts].join(" ")));
      const verbs = new Set(
        keywords(description).flatMap((stem) => [stem, stem.replace(/ing$/, ""), stem.replace(/ing$/, "e")]),
      );
      return ![...verbs].some((stem) => own.has(stem));
    });
    expect(silent).toEqual([]);
  });
});

describe("variety", () => {
  test.each<RowRequest>([{ kind: "safe" }, { kind: "neighbour" }, { kind: "refusal" }])(
    "no template opens more than 5 % of $kind rows, and hardly any text comes twice",
    (request) => {
      const rows = rowsOf(request, 2000);
      expect(shareOfCommonestTemplate(rows)).toBeLessThanOrEqual(0.05);
      expect(new Set(rows.map(({ description }) => description)).size).toBeGreaterThan(1850);
    },
  );

  test("safe rows use a broad vocabulary", () => {
    const words = new Set(rowsOf({ kind: "safe" }, 2000).flatMap(({ description }) => keywords(description)));
    expect(words.size).toBeGreaterThan(1000);
  });

  test("every harmful topic has 40 words or phrases and twelve kinds of safe neighbours", () => {
    for (const [topic, { makers, goods, acts, buyers, promises }] of harmfulTopics) {
      const phrases = new Set([...makers, ...goods, ...acts, ...buyers, ...promises]);
      expect(phrases.size, topic).toBeGreaterThanOrEqual(40);
      expect(safeNeighbours.get(topic)?.length, topic).toBeGreaterThanOrEqual(12);
    }
    expect(topics).toHaveLength(14);
  });

  test("there are at least fifteen ways to ask for a constraint", () => {
    for (const wordings of Object.values(constraintWordings)) {
      expect(new Set(wordings).size).toBeGreaterThanOrEqual(15);
      expect(wordings.every((wording) => wording.includes("{text}"))).toBe(true);
    }
  });
});

describe("constraints", () => {
  test("no-hyphens: no name has one", () => {
    const names = rowsOf({ kind: "safe", constraint: "no-hyphens" }, 2000).flatMap((row) => row.suggestions);
    expect(names.filter((name) => name.includes("-"))).toEqual([]);
  });

  test("numbers: the first, third and fifth name end in one, no two the same", () => {
    for (const { suggestions } of rowsOf({ kind: "safe", constraint: "numbers" }, 2000)) {
      const numbers = [0, 2, 4].map((index) => suggestions[index]?.match(/\d+$/)?.[0] ?? "none");
      expect(numbers.every((number) => numberAffixes.some((affix) => affix === number))).toBe(true);
      expect(new Set(numbers).size).toBe(3);
    }
  });
});

test("a neighbor always says what it is, not only what it sells", () => {
  for (const { description, source } of rowsOf({ kind: "neighbour" }, 500)) {
    const kinds = [...safeNeighbours.values()].flat().flatMap((business) => business.kinds);
    expect(
      kinds.some((kind) => description.toLowerCase().includes(kind.toLowerCase())),
      `${source}: ${description}`,
    ).toBe(true);
  }
});

test("the same seed writes the same rows, and another seed other rows", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...answered), (seed, request) => {
      expect(writeRow(mulberry32(seed), request)).toEqual(writeRow(mulberry32(seed), request));
    }),
  );
  expect(generateSample(1, 60)).toEqual(generateSample(1, 60));
  expect(generateSample(1, 60)).not.toEqual(generateSample(2, 60));
});

test("throws for an unknown topic and writes every known one", () => {
  expect(() => writeRow(mulberry32(1), { kind: "refusal", topic: "gardening" })).toThrow(RangeError);
  expect(() => writeRow(mulberry32(1), { kind: "safe", topic: "phishing" })).toThrow(RangeError);
  for (const topic of topics)
    expect(writeRow(mulberry32(1), { kind: "neighbour", topic }).suggestions).toHaveLength(5);
  for (const topic of sectors)
    expect(writeRow(mulberry32(1), { kind: "safe", topic }).suggestions).toHaveLength(5);
});

describe("the name templates", () => {
  const stem = fc.stringMatching(/^[a-z]{3,12}$/);
  const stems = fc.uniqueArray(stem, { minLength: 1, maxLength: 5 });

  test("makes a valid list of any stems, in its five shapes, for every constraint", () => {
    const constraint = fc.constantFrom(undefined, "no-hyphens" as const, "numbers" as const);
    fc.assert(
      fc.property(stems, fc.integer(), constraint, (words, seed, wish) => {
        const names = templateNames(words, mulberry32(seed), wish);
        expect(lintNames(names)).toEqual([]);
        expect(followsTemplates(names, words.slice(0, 3), wish)).toBe(true);
      }),
    );
  });

  test("uses no affix twice", () => {
    const names = templateNames(["bread", "oven", "rye"], mulberry32(5));
    const affixes = names
      .map((name) => name.replace(/bread|oven|rye/g, "").replaceAll("-", ""))
      .filter(Boolean);
    expect(new Set(affixes).size).toBe(4);
    expect(names[4]).toBe("bread-oven");
  });

  test("refuses stems that make no name", () => {
    expect(() => templateNames([], mulberry32(1))).toThrow(RangeError);
    expect(() => templateNames(["café"], mulberry32(1))).toThrow(RangeError);
  });
});

test.each([
  ["Bakeries", "bakery"],
  ["boxes", "box"],
  ["brushes", "brush"],
  ["glasses", "glass"],
  ["tennis", "tennis"],
  ["movies", "movie"],
  ["physics", "physics"],
  ["cafés", "cafe"],
  ["gas", "gas"],
  ["horses", "horse"],
  ["bus", "bus"],
])("the stem of %s is %s", (word, expected) => {
  expect(stemOf(word)).toBe(expected);
});

test("key words are the content words in order, each once", () => {
  expect(keywords("A small bakery that bakes rye; the bakery's 12 ovens are old.")).toEqual([
    "bakery",
    "bake",
    "rye",
    "oven",
  ]);
});
