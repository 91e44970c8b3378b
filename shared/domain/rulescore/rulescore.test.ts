import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainRuleScore, ruleScoreNames, ruleWeights } from "./rulescore.ts";
import { segmentLetters } from "./segment.ts";
import { topicOf } from "./topic.ts";

const bakery = "A small bakery that sells sourdough bread and croissants";

/** The rule score and category of one name. */
function scored(description: string, name: string) {
  const [score] = ruleScoreNames(description, [name]);
  if (score === undefined) throw new Error("no score");
  return score;
}

/** Any code points, lone surrogates included; fast-check's own "binary" strings take seconds to set up. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff })))
  .map((points) => String.fromCodePoint(...points));

describe("segmentLetters", () => {
  it("prefers whole words, so that a heart holds no ear", () => {
    expect(segmentLetters("heartbread", new Set()).map(({ text }) => text)).toEqual(["heart", "bread"]);
    expect(segmentLetters("smartloaf", new Set()).map(({ text }) => text)).toEqual(["smart", "loaf"]);
  });

  it("keeps what it does not know as one piece", () => {
    expect(segmentLetters("doughzqxw", new Set())).toEqual([
      { text: "dough", known: true },
      { text: "zqxw", known: false },
    ]);
  });

  it("loses no letter of any name", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,30}$/), (letters) => {
        expect(
          segmentLetters(letters, new Set())
            .map(({ text }) => text)
            .join(""),
        ).toBe(letters);
      }),
      { numRuns: 200 },
    );
  });
});

describe("topicOf", () => {
  it("reads what is asked of the names", () => {
    expect(topicOf("A cafe. Avoid hyphens in the name.")).toMatchObject({
      wantsNoHyphens: true,
      wantsNumbers: false,
    });
    expect(topicOf("A gym, preferably with numbers")).toMatchObject({
      wantsNumbers: true,
      wantsNoNumbers: false,
    });
    expect(topicOf("A gym. No digits please.")).toMatchObject({ wantsNumbers: false, wantsNoNumbers: true });
    expect(topicOf("A gym with numbered lockers")).toMatchObject({
      wantsNumbers: false,
      wantsNoNumbers: false,
    });
  });
});

describe("ruleScoreNames", () => {
  it("puts a coinage above a copy, a copy above a stranger, a stranger above noise", () => {
    const order = ["crumb-and-rise", "sourdoughbread", "orbit-lens", "xqzkvbrtpl"].map(
      (name) => scored(bakery, name).score,
    );
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(4);
  });

  it("caps literal copying", () => {
    expect(scored(bakery, "bread-bakery").score).toBe(ruleWeights.literalCopyCap);
    expect(scored(bakery, "bakery-hub").score).toBeLessThanOrEqual(ruleWeights.singleCopyCap);
  });

  it("sees a related fragment in a coinage", () => {
    expect(scored("A shop for handmade chocolate bars", "chocolina").category).not.toBe("random_word");
    expect(scored("A shop for handmade chocolate bars", "velozina").category).toBe("random_word");
  });

  it.each([
    ["crumb-and-rise", "good"],
    ["orbit-lens", "random_word"],
    ["Bread Shop", "other_failure"],
    ["bread", "ok"],
    ["the-sourdough-crumb-oven-house", "too_long"],
    ["cocaine-bread", "inappropriate"],
  ])("gives %s the category %s", (name, category) => {
    expect(scored(bakery, name).category).toBe(category);
  });

  it("halves a name that breaks the description's wish", () => {
    const description = `${bakery}. Avoid hyphens.`;
    expect(scored(description, "crumb-rise").score).toBeCloseTo(scored(bakery, "crumb-rise").score / 2, 10);
    expect(scored(description, "crumbrise").score).toBe(scored(bakery, "crumbrise").score);
    const numbers = `${bakery}. Prefer numbers.`;
    expect(scored(numbers, "crumbrise").score).toBeLessThan(scored(numbers, "crumbrise24").score);
  });

  it("stays in range and repeats itself on any text", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 30 }), { maxLength: 6 }),
        (description, names) => {
          const scores = ruleScoreNames(description, names);
          expect(scores.map(({ index }) => index)).toEqual(names.map((_, index) => index));
          for (const { score } of scores) expect(score >= 0 && score <= 1).toBe(true);
          expect(ruleScoreNames(description, names)).toEqual(scores);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("explainRuleScore", () => {
  it("says what the score is made of, and what held it down", () => {
    expect(explainRuleScore(bakery, "crumbrise")).toMatch(
      /^relevance \d\.\d\d, sayability \d\.\d\d, conciseness \d\.\d\d$/,
    );
    expect(explainRuleScore(bakery, "sourdough-bread")).toContain("capped at 0.45 for copying");
    expect(explainRuleScore(`${bakery}; no hyphens`, "crumb-rise")).toContain("× 0.50 for not following");
    expect(explainRuleScore(bakery, "Bad Name")).toBe("breaks the naming rules");
  });
});
