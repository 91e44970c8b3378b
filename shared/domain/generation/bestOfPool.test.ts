import { describe, expect, it } from "vitest";
import { parseCompletion } from "../naming/completion.ts";
import { bestOfPool, type PooledCompletion } from "./bestOfPool.ts";

/** A completion with these names and their probabilities per token. */
function completion(names: Readonly<Record<string, number | null>>): PooledCompletion {
  return {
    text: Object.keys(names).join("\n"),
    nameProbabilities: Object.values(names).map((perToken) =>
      perToken === null ? null : { probability: perToken ** 3, perToken },
    ),
  };
}
const answerOf = (completions: readonly PooledCompletion[], weight = 0.7, refusal: string | null = null) =>
  bestOfPool(completions, { weight, refusal });
const namesOf = (...[completions, weight]: Parameters<typeof answerOf>) =>
  answerOf(completions, weight).text.split("\n");

describe("bestOfPool", () => {
  const pool = [
    completion({ breadhouse: 0.9, "bread-house": 0.75, breadhouses: 0.6, ovenandco: 0.5, milkyway: 0.4 }),
    completion({ crumbly: 0.3, sourspot: 0.2, breadhouse: 0.1 }),
  ];

  it("takes a variant of a name only where its probability outweighs the similarity", () => {
    expect(namesOf(pool)).toEqual(["breadhouse", "ovenandco", "milkyway", "bread-house", "crumbly"]);
  });

  it("takes the most probable names where diversity has no weight", () => {
    expect(namesOf(pool, 1)).toEqual(["breadhouse", "bread-house", "breadhouses", "ovenandco", "milkyway"]);
  });

  it("gives a name in several completions its largest probability", () => {
    const [first] = answerOf([...pool].reverse()).nameProbabilities;
    expect(first).toEqual({ probability: 0.9 ** 3, perToken: 0.9 });
  });

  it("doesn't depend on the order of the completions or of their names", () => {
    const names = Array.from({ length: 12 }, (_, at) => [
      `name-${"abcdefghijkl"[at]}`,
      ((at * 7) % 5) / 10 + 0.1,
    ]);
    const one = completion(Object.fromEntries(names.slice(0, 7)));
    const other = completion(Object.fromEntries(names.slice(4)));
    const turned = completion(Object.fromEntries(names.slice(4).reverse()));
    expect(answerOf([turned, one])).toEqual(answerOf([one, other]));
  });

  it("orders equal names by name", () => {
    const equal = { zebra: 0.5, quick: 0.5, amber: 0.5, fjord: 0.5, olive: 0.5, pixel: 0.5 };
    expect(namesOf([completion(equal)])).toEqual(["amber", "fjord", "olive", "pixel", "quick"]);
  });

  it("leaves out invalid names, and lines without a probability", () => {
    const names = namesOf([completion({ Amber: 0.9, "olive.com": 0.8, olive: 0.7, cutoff: null })]);
    expect(names).toEqual(["olive"]);
  });

  it("takes names from malformed completions", () => {
    const answer = answerOf([
      completion({ amber: 0.9, olive: 0.9, "?": 0.1 }),
      completion({ fjord: 0.9, pixel: 0.9 }),
      completion({ quick: 0.9 }),
    ]);
    expect(parseCompletion(answer.text).outcome).toBe("answered");
  });

  it("is malformed with fewer than five names, never filled up", () => {
    const answer = answerOf([completion({ amber: 0.9, olive: 0.8 }), completion({ amber: 0.4, fjord: 0.3 })]);
    expect(answer.text).toBe("amber\nolive\nfjord");
    expect(parseCompletion(answer.text).outcome).toBe("malformed");
  });

  it("is malformed without any name, with text as it came", () => {
    const nothing = completion({ "Not a name": 0.2 });
    expect(answerOf([completion({ NONE: 0.9 }), nothing], 0.7, "NONE")).toEqual(nothing);
    const refusals = answerOf([completion({ NONE: 0.9 }), completion({ NONE: 0.9 })], 0.7, "NONE");
    expect(parseCompletion(refusals.text, "NONE").outcome).toBe("malformed");
  });
});
