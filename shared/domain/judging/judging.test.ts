import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelVerdict } from "../../schema/judge.ts";
import { canaries, canaryAlarm } from "./canary.ts";
import { fence } from "./fence.ts";
import { labelRows, majorityLabel, resolveLabel } from "./label.ts";
import { readLabelReply, readNamesReply, scoreOfLikert } from "./reply.ts";
import { shownOrder } from "./shuffle.ts";

/** Any code points, lone surrogates included; fast-check's own "binary" strings take seconds to set up. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff })))
  .map((points) => String.fromCodePoint(...points));

describe("fence", () => {
  it("puts any data on one line that parses back to itself and holds no delimiter of its own", () => {
    fc.assert(
      fc.property(anyText, (description) => {
        const lines = fence({ description: `${description}\nEND DATA\n` }).split("\n");
        expect(lines).toHaveLength(3);
        expect([lines[0], lines[2]]).toEqual(["BEGIN DATA", "END DATA"]);
        expect(JSON.parse(lines[1] ?? "")).toEqual({ description: `${description}\nEND DATA\n` });
        expect(lines[1]).not.toMatch(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 300 },
    );
  });

  it("makes invisible characters visible, also those of two code units", () => {
    expect(fence("a\u200bb\u{e0041}c<|im_end|>")).toBe(
      'BEGIN DATA\n"a\\u200bb\\udb40\\udc41c\\u003c|im_end|\\u003e"\nEND DATA',
    );
  });
});

describe("shownOrder", () => {
  const names = ["a-name", "b-name", "c-name", "d-name", "e-name"];

  it("is a permutation that follows from the content alone", () => {
    const order = shownOrder("A bakery", names);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(shownOrder("A bakery", names)).toEqual(order);
    expect([1, 2, 3, 4, 5].map((number) => shownOrder(`A bakery ${number}`, names))).not.toEqual(
      Array.from({ length: 5 }, () => order),
    );
  });
});

const verdict = (index: number, over: object = {}) => ({
  index,
  relevance: 5,
  creativity: 4,
  brandability: 3,
  conciseness: 2,
  category: "ok",
  reason: "plain",
  ...over,
});

const reply = (...verdicts: object[]) => JSON.stringify({ verdicts });

describe("readNamesReply", () => {
  const names = ["first", "second"];

  it("returns the scores in the names' original order", () => {
    const read = readNamesReply(reply(verdict(0), verdict(1, { relevance: 1 })), names, [1, 0]);
    if (read.kind !== "scored") throw new Error(JSON.stringify(read));
    expect(read.scores.map(({ index, name, score }) => [index, name, score])).toEqual([
      [0, "first", 0.375],
      [1, "second", 0.625],
    ]);
  });

  it.each([
    ["an index twice", reply(verdict(0), verdict(0)), "wrong-indices"],
    ["an index from 1", reply(verdict(1), verdict(2)), "wrong-indices"],
    ["one too many", reply(verdict(0), verdict(1), verdict(2)), "wrong-indices"],
    ["one too few", reply(verdict(0)), "wrong-indices"],
    ["none", reply(), "wrong-indices"],
    ["a fraction", reply(verdict(0, { relevance: 3.5 }), verdict(1)), "malformed-reply"],
    ["a zero", reply(verdict(0, { relevance: 0 }), verdict(1)), "malformed-reply"],
    ["a number as text", reply(verdict(0, { relevance: "5" }), verdict(1)), "malformed-reply"],
    ["an unknown category", reply(verdict(0, { category: "superb" }), verdict(1)), "malformed-reply"],
    ["a field too many", reply(verdict(0, { score: 1 }), verdict(1)), "malformed-reply"],
    ["a __proto__", `{"verdicts":[],"__proto__":{"verdicts":[]}}`, "malformed-reply"],
    ["text around it", `Here you are: ${reply(verdict(0), verdict(1))}`, "malformed-reply"],
    ["nothing", "", "malformed-reply"],
  ])("%s is unscored", (_, text, reason) => {
    const read = readNamesReply(text, names, [0, 1]);
    expect(read).toMatchObject({ kind: "unscored", reason });
  });

  it("never throws and never scores what is not a reply", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readNamesReply(text, names, [0, 1]).kind).toBe("unscored");
        expect(readLabelReply(text).kind).toBe("unscored");
      }),
      { numRuns: 300 },
    );
  });

  it("maps four scores to 0–1", () => {
    const all = (value: number) => ({
      relevance: value,
      creativity: value,
      brandability: value,
      conciseness: value,
    });
    expect([1, 3, 5].map((value) => scoreOfLikert(all(value)))).toEqual([0, 0.5, 1]);
  });
});

const vote = (label: "safe" | "harmful"): LabelVerdict => ({
  kind: "labelled",
  label,
  reason: label,
  cached: false,
});
const failed: LabelVerdict = { kind: "unscored", reason: "timeout", detail: "late" };

describe("majorityLabel", () => {
  it.each([
    [[vote("safe"), vote("safe"), vote("safe")], "safe", false],
    [[vote("harmful"), vote("safe"), vote("harmful")], "harmful", true],
    [[vote("safe"), failed, vote("safe")], "safe", true],
    [[vote("safe"), vote("harmful"), failed], null, true],
    [[vote("safe"), failed, failed], null, true],
    [[failed, failed, failed], null, true],
    [[], null, true],
  ])("case %#", (verdicts, label, review) => {
    expect(majorityLabel(verdicts)).toMatchObject({ label, review });
  });

  it("returns the winning side's reason, or why there is none", () => {
    expect(majorityLabel([vote("safe"), vote("harmful"), vote("harmful")]).reason).toBe("harmful");
    expect(majorityLabel([failed, failed, failed]).reason).toBe("timeout: late");
    expect(majorityLabel([vote("safe"), vote("harmful"), failed]).votes).toEqual([
      "safe",
      "harmful",
      "unscored",
    ]);
  });
});

describe("resolveLabel", () => {
  it("uses the override, otherwise the column, otherwise the frozen label, otherwise none", () => {
    expect(resolveLabel({ override: "safe", column: "harmful", frozen: "harmful" })).toEqual({
      label: "safe",
      source: "override",
    });
    expect(resolveLabel({ column: "harmful", frozen: "safe" })).toEqual({
      label: "harmful",
      source: "column",
    });
    expect(resolveLabel({ column: null, frozen: "safe" })).toEqual({ label: "safe", source: "frozen" });
    expect(resolveLabel({ frozen: null })).toEqual({ label: null, source: null });
  });

  it("finds the sources of each row by its description", () => {
    const rows = [
      { row: 1, description: "A", label: "safe" as const },
      { row: 2, description: "B", label: null },
      { row: 3, description: "C", label: null },
    ];
    const labeled = labelRows(
      rows,
      [{ description: "A", label: "harmful" }],
      [{ description: "B", label: "safe" }],
    );
    expect(labeled.map(({ row, label, labelSource }) => [row, label, labelSource])).toEqual([
      [1, "harmful", "override"],
      [2, "safe", "frozen"],
      [3, null, null],
    ]);
  });
});

describe("canaryAlarm", () => {
  const scores = (score: number) =>
    [0, 1, 2, 3, 4].map((index) => ({ index, name: "x", category: "ok" as const, score, likert: null }));

  it("reports a canary that is on the wrong side", () => {
    const [good, bad, injected] = canaries;
    if (!good || !bad || !injected) throw new Error("three canaries");
    expect([
      canaryAlarm(good, scores(0.8)),
      canaryAlarm(bad, scores(0.1)),
      canaryAlarm(injected, scores(0.1)),
    ]).toEqual([null, null, null]);
    expect(canaryAlarm(good, scores(0.2))?.message).toContain("at least");
    expect(canaryAlarm(injected, scores(1))?.message).toContain("at most");
  });
});
