import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnswerState, afterText, canEnd, emptyAnswer } from "./answerGrammar.ts";
import { parseCompletion } from "./completion.ts";
import { namingBounds } from "./rules.ts";

const five = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];
const longest = "x".repeat(namingBounds.maxLength);

/** The state after these pieces, or null once no answer can follow. */
function stateOf(pieces: readonly string[], refusalLine: string | null = null): AnswerState | null {
  let state: AnswerState | null = emptyAnswer(refusalLine);
  for (const piece of pieces) state = state === null ? null : afterText(state, piece);
  return state;
}

const accepts = (text: string, refusalLine: string | null = null): boolean => {
  const state = stateOf([text], refusalLine);
  return state !== null && canEnd(state);
};

/** Texts near the border of the grammar: lists of near-names with lines added, doubled, left out or joined. */
const character = fc.constantFrom(..."ab0-");
const nearName = fc.oneof(
  fc.string({ unit: character, minLength: 3, maxLength: 8 }),
  fc.constantFrom(...five, longest, `${longest}x`, "bread.com", "Bread-hub", "bread hub", ""),
);
const nearAnswer = fc
  .array(nearName, { minLength: 1, maxLength: 6 })
  .chain((lines) => fc.constantFrom("\n", "\n\n", "").map((end) => lines.join("\n") + end));
const cut = (text: string, at: readonly number[]): string[] => {
  const places = [...new Set([0, ...at.map((place) => place % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => text.slice(places[index], end));
};

describe("the grammar of an answer", () => {
  it("accepts what the naming rules call answered, and the empty text", () => {
    expect(accepts(five.join("\n"))).toBe(true);
    expect(accepts("")).toBe(true);
    fc.assert(
      fc.property(nearAnswer, (text) => {
        expect(accepts(text)).toBe(text === "" || parseCompletion(text).outcome === "answered");
      }),
      { numRuns: 2000 },
    );
  });

  it("doesn't depend on how the text is cut into tokens", () => {
    const text = fc.oneof(nearAnswer, fc.constant(five.join("\n")));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (whole, places) => {
        expect(stateOf(cut(whole, places))).toEqual(stateOf([whole]));
      }),
      { numRuns: 1000 },
    );
  });

  it("never reaches a state without a way to a whole answer", () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789-\n"];
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 400 }), (choices) => {
        let state = emptyAnswer(null);
        let text = "";
        // Random letters first, then always the earliest letter that is allowed, a newline before all others.
        for (let step = 0; !(text !== "" && canEnd(state) && step >= choices.length); step += 1) {
          const random = choices[step];
          const wanted =
            random === undefined ? ["\n", ...letters] : [letters[random % letters.length] ?? "", ...letters];
          const next = wanted.find((letter) => afterText(state, letter) !== null);
          if (next === undefined) break;
          state = afterText(state, next) ?? state;
          text += next;
          expect(step).toBeLessThan(1000);
        }
        expect(parseCompletion(text).outcome).toBe("answered");
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["a leading space", " "],
    ["a leading hyphen", "-"],
    ["a double hyphen", "bread--"],
    ["a capital letter", "B"],
    ["a top-level domain", "bread."],
    ["an empty line", "\n"],
    ["a short name", "brea\n"],
    ["a hyphen before the newline", "bread-\n"],
    ["a long name", `${longest}x`],
    ["a hyphen at the last place", `${longest.slice(1)}-`],
    ["a repeated name", "bread-hub\nbread-hub\n"],
    ["a repeated name of the greatest length", `${longest}\n${longest}`],
    ["a sixth line", `${five.join("\n")}\n`],
  ])("refuses %s at its last character", (_, text) => {
    expect(stateOf([text])).toBeNull();
    expect(stateOf([text.slice(0, -1)])).not.toBeNull();
  });

  it("lets a name begin like an earlier one", () => {
    expect(accepts(["bread", "breads", "bread-a", "breadth", "bread-ab"].join("\n"))).toBe(true);
  });

  it("ends after the fifth name only", () => {
    const ends = five.map((_, at) => accepts(five.slice(0, at + 1).join("\n")));
    expect(ends).toEqual([false, false, false, false, true]);
  });

  it("accepts the refusal line as the whole answer, and still an empty text", () => {
    expect(accepts("NONE", "NONE")).toBe(true);
    expect(accepts("NONE")).toBe(false);
    expect(accepts("", "NONE")).toBe(true);
    expect(accepts("NON", "NONE")).toBe(false);
    expect(stateOf(["NO", "NEE"], "NONE")).toBeNull();
    expect(stateOf(["NONE", "\n"], "NONE")).toBeNull();
    expect(accepts(five.join("\n"), "NONE")).toBe(true);
  });

  it("keeps both ways open while a name and the refusal line begin alike", () => {
    expect(accepts("refuse", "refuse")).toBe(true);
    expect(accepts(["refuse", ...five.slice(1)].join("\n"), "refuse")).toBe(true);
    expect(accepts("refuse\n", "refuse")).toBe(false);
  });
});
