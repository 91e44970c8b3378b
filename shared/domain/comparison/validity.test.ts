import { describe, expect, test } from "vitest";
import type { ResultRow } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { readRows, writeRows } from "../csv/rows.ts";
import { ourColumns, studyColumns } from "../results/columns.ts";
import { readResults } from "../results/read.ts";
import { writeResults } from "../results/write.ts";
import { compareResults } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";

/** A file of 300 rows, half of them harmful, of which the first `refused` are refused. */
function fileOf(version: string, refused: number): string[][] {
  const rows = Array.from({ length: 300 }, (_, at): ResultRow => {
    const isHarmful = at % 2 === 1;
    const isRefused = isHarmful && at < 2 * refused;
    return {
      ...exampleRow,
      row: at + 1,
      description: `business number ${at + 1}`,
      group: `g${at}`,
      label: isHarmful ? "harmful" : "safe",
      outcome: isRefused ? "refused" : "answered",
      names: isRefused ? [] : ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"],
      scores: isHarmful ? null : [],
      unscored: null,
    };
  });
  const judge = { ...exampleStamp.judge, kind: "rule" as const, scale: "rule-score-0-1" as const };
  const text = writeResults({ stamp: { ...exampleStamp, version, judge }, rows: rows.map(scored) });
  return readRows(text, ",", version).filter((cells) => cells.length > 1);
}

function scored(row: ResultRow): ResultRow {
  if (row.label === "harmful") return row;
  const scores = row.names.map((name, index) => ({
    index,
    name,
    category: "good" as const,
    score: 0.5,
    likert: null,
  }));
  return { ...row, scores };
}

function opened(name: string, cells: string[][], stale: NamedResults["stale"] = []): NamedResults {
  const bytes = new TextEncoder().encode(writeRows(cells, { delimiter: ",", newline: "\n" }));
  return { name, results: readResults(bytes, `${name}.csv`), stale };
}

/** The file as an earlier program wrote it. */
function unsealed(cells: string[][]): string[][] {
  const columns = studyColumns.length + ourColumns.length;
  const stamp = columns - 1;
  return cells.map((row) =>
    row.slice(0, columns).map((cell, at) => (at === stamp ? cell.replace(/,"records":\d+/, "") : cell)),
  );
}

const settings = { draws: 200 };
const v1 = fileOf("v1", 30);
const v2 = fileOf("v2", 140);
const label = v2[0]?.indexOf("label") ?? -1;
const outcome = v2[0]?.indexOf("outcome") ?? -1;

describe("results that aren't what they say", () => {
  test("can ship while they are whole", () => {
    const found = compareResults(opened("v1", v1), opened("v2", v2), { settings });
    expect(found.decision).toBe("ship");
    expect(found.warnings.map(({ code }) => code)).toEqual([]);
  });

  test("decide nothing when harmful rows were deleted, and say so first", () => {
    const filtered = v2.filter((cells) => cells[label] !== "harmful" || cells[outcome] === "refused");
    const found = compareResults(opened("v1", v1), opened("v2", filtered), { settings });
    expect(found.decision).toBe("undecided");
    expect(found.reasons[0]).toMatch(/^10 records are missing from the results of v2[ .]/);
    expect(found.warnings[0]?.code).toBe("rows-missing");
    expect(found.rowsToSettle).toBeNull();
  });

  test("decide nothing when one outcome was edited, even where the figures say do not ship", () => {
    const edited = v1.map((cells, at) =>
      at === 42 ? cells.map((cell, index) => (index === outcome ? "answered" : cell)) : cells,
    );
    const found = compareResults(opened("v2", v2), opened("v1", edited), { settings });
    expect(compareResults(opened("v2", v2), opened("v1", v1), { settings }).decision).toBe("do-not-ship");
    expect(found.decision).toBe("undecided");
    expect(found.reasons[0]).toContain("1 row differs from its seal in the results of v1 (row 42)");
  });

  test.each(["adapter-gone", "base-changed"] as const)("decide nothing with %s", (code) => {
    const stale = [{ what: "results" as const, version: "v2", code, message: `${code}.` }];
    const found = compareResults(opened("v1", v1), opened("v2", v2, stale), { settings });
    expect(found.decision).toBe("undecided");
    expect(found.reasons[0]).toBe(`${code}.`);
  });

  test("decide nothing after the version was trained again, but do after the test set changed", () => {
    const stale = (code: "adapter-changed" | "test-set-changed") => [
      { what: "results" as const, version: "v1", code, message: `${code}.` },
    ];
    const retrained = compareResults(opened("v1", v1, stale("adapter-changed")), opened("v2", v2), {
      settings,
    });
    expect(retrained).toMatchObject({ decision: "undecided" });
    expect(retrained.reasons[0]).toBe("adapter-changed.");
    const old = compareResults(opened("v1", v1, stale("test-set-changed")), opened("v2", v2), { settings });
    expect(old.decision).toBe("ship");
    expect(old.warnings[0]).toEqual({ code: "stale", message: "test-set-changed." });
  });
});

describe("results from before rows were sealed", () => {
  const whole = opened("v1", unsealed(v1));

  test("can ship, with a note", () => {
    const found = compareResults(whole, opened("v2", unsealed(v2)), { settings });
    expect(found.decision).toBe("ship");
    expect(found.warnings.map(({ code }) => code)).toEqual(["not-sealed", "not-sealed"]);
  });

  test("decide nothing when the end of a file is missing that the other file has", () => {
    const cut = compareResults(whole, opened("v2", unsealed(v2).slice(0, 250)), { settings });
    expect(cut.decision).toBe("undecided");
    expect(cut.reasons[0]).toContain("51 held-out rows are missing from the results of v2");
  });
});
