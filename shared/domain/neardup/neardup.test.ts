import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupsOf, splitOfGroup } from "./groups.ts";
import { hash32, hash64Hex, hashShare } from "./hash.ts";
import { findLeaks } from "./leaks.ts";
import { bandKeys, MinHashBuckets } from "./minHash.ts";
import { jaccard, normalize, shinglesOf } from "./shingles.ts";
import { NEAR_DUPLICATE_THRESHOLD, nearestEarlier } from "./similarity.ts";

const bakery = "A family bakery in Leeds that sells sourdough bread and fresh pastries";
const nearBakery = "A family bakery in Leeds that sells sourdough bread and warm pastries";
const bikes = "Bicycle repairs and second-hand bikes for commuters in Hamburg";

/** Short texts of few words, so that equal and similar ones are common. */
const words = fc.array(fc.constantFrom("bread", "oven", "bikes", "repair", "garden", "tools", "and", "for"), {
  minLength: 0,
  maxLength: 7,
});
const texts = fc.array(
  words.map((list) => list.join(" ")),
  { maxLength: 25 },
);
const similarityOf = (one: string, other: string): number =>
  jaccard(shinglesOf(normalize(one)), shinglesOf(normalize(other)));
const rows = (list: readonly string[]) => list.map((description, at) => ({ row: at + 1, description }));

describe("hash", () => {
  it("is MurmurHash3 x86_32", () => {
    // Vectors of the SMHasher reference implementation.
    expect(hash32("")).toBe(0);
    expect(hash32("", 1)).toBe(0x514e28b7);
    expect(hash32("test")).toBe(0xba6bd213);
    expect(hash32("Hello, world!")).toBe(0xc0363e43);
    expect(hash32("The quick brown fox jumps over the lazy dog")).toBe(0x2e4ff723);
    expect(hash32("aaa", 0x9747b28c)).toBe(0x283e0130);
  });

  it("shares out evenly", () => {
    const below = Array.from({ length: 10_000 }, (_, at) => hashShare(`group ${at}`)).filter(
      (s) => s < 0.1,
    ).length;
    expect(below).toBeGreaterThan(900);
    expect(below).toBeLessThan(1100);
  });
});

describe("normalize", () => {
  it("collapses what does not change the meaning", () => {
    expect(normalize("  Ｆｒｅｓｈ—Bread,\n &  “CAKES”! ")).toBe("fresh bread cakes");
    expect(normalize(" ?! ")).toBe("");
  });
});

describe("nearestEarlier", () => {
  it("finds equal and nearly equal descriptions, but no others", () => {
    expect(nearestEarlier([bakery, bikes, nearBakery, bakery.toUpperCase()])).toEqual([
      null,
      null,
      { index: 0, similarity: similarityOf(bakery, nearBakery), exact: false },
      { index: 0, similarity: 1, exact: true },
    ]);
  });

  // Seeded: one pair in some hundred at the threshold itself may be missed, none that is clearly above it.
  it("finds what comparing all pairs finds", () => {
    fc.assert(
      fc.property(texts, (list) => {
        const found = nearestEarlier(list);
        for (const [at, text] of list.entries()) {
          const best = Math.max(0, ...list.slice(0, at).map((earlier) => similarityOf(earlier, text)));
          if (best >= NEAR_DUPLICATE_THRESHOLD) expect(found[at]?.similarity).toBe(best);
          else expect(found[at]).toBeNull();
        }
      }),
      { seed: 7 },
    );
  });

  it("misses at most 2 % of the pairs just above the threshold", () => {
    const base = Array.from({ length: 9 }, (_, at) => hash64Hex(`word ${at}`).slice(0, 6));
    const pairs = Array.from({ length: 300 }, (_, at) => {
      const text = base.map((word) => hash64Hex(`${word}${at}`).slice(0, 7));
      const other = text.with(4, "longer".repeat(3).slice(0, 12 + (at % 7)));
      return [text.join(" "), other.join(" ")] as const;
    }).filter(([one, other]) => {
      const similarity = similarityOf(one, other);
      return similarity >= NEAR_DUPLICATE_THRESHOLD && similarity < NEAR_DUPLICATE_THRESHOLD + 0.1;
    });
    expect(pairs.length).toBeGreaterThan(100);
    const found = pairs.filter((pair) => nearestEarlier(pair)[1] !== null);
    expect(found.length / pairs.length).toBeGreaterThan(0.98);
  });

  it("does not compare all pairs, even where all texts share one small vocabulary", () => {
    const vocabulary = "bread oven bikes repair garden tools stars boats museum honey chairs piano".split(
      " ",
    );
    const many = Array.from({ length: 1000 }, (_, at) =>
      Array.from({ length: 12 }, (_, place) => vocabulary[hash32(`${at} ${place}`) % vocabulary.length]).join(
        " ",
      ),
    );
    const buckets = new MinHashBuckets();
    let compared = 0;
    for (const [at, text] of many.entries()) {
      const keys = bandKeys(shinglesOf(text));
      compared += buckets.candidates(keys).length;
      buckets.add(at, keys);
    }
    // All pairs would be 499,500.
    expect(compared).toBeLessThan(60_000);
  });
});

describe("findLeaks", () => {
  it("shows both rows, the similarity and whether it is exact", () => {
    const leaks = findLeaks(rows([bikes, nearBakery, bakery]), rows(["else entirely", bakery.toLowerCase()]));
    expect(leaks.map(({ train, test, exact }) => [train.row, test.row, exact])).toEqual([
      [2, 2, false],
      [3, 2, true],
    ]);
    expect(leaks[0]?.similarity).toBeGreaterThan(0.7);
  });

  it("finds a leak for exactly the rows that have one", () => {
    fc.assert(
      fc.property(texts, texts, (train, test) => {
        const leaking = new Set(findLeaks(rows(train), rows(test)).map((pair) => pair.train.row));
        const expected = train.flatMap((text, at) =>
          test.some((other) => similarityOf(text, other) >= NEAR_DUPLICATE_THRESHOLD) ? [at + 1] : [],
        );
        expect([...leaking]).toEqual(expected);
      }),
      { seed: 7 },
    );
  });
});

describe("groupsOf", () => {
  it("groups near duplicates and nothing else", () => {
    const [a, b, c, d] = groupsOf([bakery, bikes, nearBakery, bakery]);
    expect([c, d]).toEqual([a, a]);
    expect(b).not.toBe(a);
  });

  it("changes no row's group when rows are appended", () => {
    fc.assert(
      fc.property(texts, texts, (before, added) => {
        expect(groupsOf([...before, ...added]).slice(0, before.length)).toEqual(groupsOf(before));
      }),
    );
  });

  it("halves a test set about evenly", () => {
    const dev = Array.from({ length: 400 }, (_, at) => splitOfGroup(hash64Hex(`row ${at}`))).filter(
      (s) => s === "dev",
    );
    expect(dev.length).toBeGreaterThan(160);
    expect(dev.length).toBeLessThan(240);
  });
});
