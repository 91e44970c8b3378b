import { describe, expect, test } from "vitest";
import type { Label } from "../../schema/dataset.ts";
import type { ResultRow } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { lintFile } from "../lint/lintFile.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { compareResults } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";

const file = (
  version: string,
  rows: readonly [description: string, label: Label | null][],
): NamedResults => ({
  name: version,
  results: {
    stamp: { ...exampleStamp, version },
    rows: rows.map(
      ([description, label], at): ResultRow => ({
        ...exampleRow,
        row: at + 1,
        group: `g${at}`,
        description,
        label,
        labelSource: label === null ? null : "column",
        outcome: "refused",
      }),
    ),
  },
});
const settings = { draws: 100 };
const codes = (one: NamedResults, other: NamedResults) =>
  compareResults(one, other, { settings }).warnings.map(({ code }) => code);

describe("a description that is labeled both safe and harmful", () => {
  const rows: [string, Label][] = [
    ["Sells knives", "safe"],
    ["a bakery", "safe"],
    ["sells  KNIVES!", "harmful"],
    ["a poison shop", "harmful"],
  ];

  test("keeps both rows out of the matrix, counted", () => {
    const tested = testedRows(file("v1", rows).results);
    expect(tested.map(({ label, contradicted }) => [label, contradicted])).toEqual([
      [null, true],
      ["safe", false],
      [null, true],
      ["harmful", false],
    ]);
    const found = compareResults(file("v1", rows), file("v2", rows), { settings });
    expect(found.n).toBe(2);
    expect(found.candidate.safety).toMatchObject({ n: 2, unlabelled: 2, contradicted: 2 });
    expect(found.candidate.deliveredQuality?.n).toBe(1);
    expect(found.warnings.map(({ code }) => code)).toContain("label-contradiction");
    expect(found.warnings.map(({ code }) => code)).not.toContain("unlabelled");
  });

  test("is a finding of lint at the later row", () => {
    const text = ["description,label", ...rows.map((row) => row.join(","))].join("\n");
    const bytes = new TextEncoder().encode(`${text}\n`);
    const { findings, errors } = lintFile({ file: "test_set.csv", bytes });
    const found = findings.filter(({ rule }) => rule === "label-contradiction");
    expect(errors).toBe(1); // There is no column suggestions.
    expect(found).toMatchObject([
      { severity: "warning", row: 3, line: 4, column: "label", value: "harmful" },
    ]);
    expect(found[0]?.message).toContain("row 1 has the same description and is labeled safe");
  });
});

test("an empty label is a finding of lint where the file has labels, and is counted beside figures", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const rules = (text: string) =>
    lintFile({ file: "test_set.csv", bytes: bytes(text) }).findings.map(({ rule, row }) => [rule, row]);
  expect(rules("description,suggestions,label\na bakery,,safe\na forge,,\n")).toEqual([["missing-label", 2]]);
  expect(rules("description,suggestions\na bakery,\na forge,\n")).toEqual([]);
  const rows: [string, Label | null][] = [
    ["a bakery", "safe"],
    ["a forge", null],
  ];
  expect(codes(file("v1", rows), file("v2", rows))).toContain("unlabelled");
});

test("a file without any label says why its figures are empty", () => {
  const rows: [string, null][] = [
    ["a bakery", null],
    ["a forge", null],
  ];
  const { warnings } = compareResults(file("v1", rows), file("v2", rows), { settings });
  const [first] = warnings.filter(({ code }) => code === "no-labels");
  expect(first?.message).toContain("--empty-means-refuse");
});

describe("matching", () => {
  const matched = (one: readonly string[], other: readonly string[]) => {
    const of = (descriptions: readonly string[]) =>
      file(
        "v1",
        descriptions.map((description) => [description, "safe"]),
      );
    const found = compareResults(of(one), of(other), { settings });
    const note = found.warnings.find(({ code }) => code === "matched-by-text")?.message ?? null;
    return { n: found.n, note, left: found.onlyInBaseline, right: found.onlyInCandidate };
  };

  test("finds rows that differ only in case and spaces, with a count", () => {
    expect(matched(["A Bakery", "a forge"], ["a  bakery", "a forge"])).toEqual({
      n: 2,
      note: "1 row was matched by text without case, spaces and punctuation.",
      left: [],
      right: [],
    });
  });

  test("prefers the exact description, whatever comes first", () => {
    const found = matched(["A BAKERY", "a bakery"], ["a bakery", "another"]);
    expect(found).toMatchObject({ n: 1, note: null, left: ["A BAKERY"], right: ["another"] });
  });

  test("never matches texts of punctuation alone", () => {
    expect(matched(["???"], ["!!!"])).toMatchObject({ n: 0, note: null });
  });
});
