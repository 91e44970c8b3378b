import { describe, expect, test } from "vitest";
import type { ResultRow } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { readRows, writeRows } from "../csv/rows.ts";
import { Failure } from "../failure.ts";
import { studyColumns } from "./columns.ts";
import { readResults } from "./read.ts";
import { writeResults } from "./write.ts";

const rows: ResultRow[] = [0.769_230_769_230_769_2, 0.000_012_345_678, 1].map((refusalProbability, at) => ({
  ...exampleRow,
  row: at + 1,
  description: `Möbel; ${at}`,
  outcome: "refused",
  refusalProbability,
  latencyMs: 12.5,
}));
const written = writeResults({ stamp: exampleStamp, rows });
const read = (text: string) => readResults(new TextEncoder().encode(text), "results.csv");

/** Saves a file as a spreadsheet does where the decimal sign is a comma. */
function savedAbroad(text: string, numbers: readonly string[]): string {
  const [header = [], ...records] = readRows(text, ",", "f").filter((cells) => cells.length > 1);
  const saved = records.map((cells) =>
    cells.map((cell, at) =>
      numbers.includes(header[at] ?? "")
        ? cell.replace(".", ",").replace("e-5", "E-05")
        : cell.replace(/^True$/, "WAHR").replace(/^False$/, "FALSCH"),
    ),
  );
  return writeRows([header, ...saved], { delimiter: ";", newline: "\r\n" });
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return `${error.message}. ${error.hint}`;
    throw error;
  }
  throw new Error("expected a Failure");
}

describe("a results file that a German spreadsheet saved", () => {
  test("is read with decimal commas, and its seals hold", () => {
    const saved = savedAbroad(written, ["refusal_probability", "latency_ms", "average_score"]);
    expect(saved).toContain(";0,7692307692307692;");
    const { rows: found, integrity } = read(saved);
    expect(found.map(({ refusalProbability }) => refusalProbability)).toEqual(
      rows.map(({ refusalProbability }) => refusalProbability),
    );
    expect(integrity).toMatchObject({ sealed: true, changedRows: [] });
  });

  test("is read in the study's format with its words for true and false", () => {
    const study = [studyColumns.join(","), "a bakery,x,ok,True,3,0,0,0,0,0,0.5"].join("\n");
    for (const [isTrue, isFalse] of [
      ["WAHR", "FALSCH"],
      ["VRAI", "FAUX"],
      ["VERDADERO", "FALSO"],
      ["VERO", "FALSO"],
    ] as const) {
      const saved = savedAbroad(study, ["average_score"]);
      const label = (word: string) => read(saved.replace("WAHR", word)).rows[0]?.label;
      expect([label(isTrue), label(isFalse)]).toEqual(["safe", "harmful"]);
      expect(read(saved).rows[0]?.study?.averageScore).toBe(0.5);
    }
  });

  test("says what to do where a number became something else", () => {
    const saved = savedAbroad(written, []).replace("0.7692307692307692", "Jul 69");
    expect(messageOf(() => read(saved))).toContain("A spreadsheet saved this file in another form.");
  });

  test("has no decimal commas where the comma separates cells", () => {
    const broken = written.replace("0.7692307692307692", '"0,769"');
    expect(messageOf(() => read(broken))).toContain("it must be a number");
  });
});

test("a file that was cut anywhere in its last row looks cut off, or its last seal is broken", () => {
  const lastRow = written.lastIndexOf("\nMöbel; 2") + 1;
  const seal = written.lastIndexOf(",") + 1;
  for (let end = lastRow + 1; end < written.length - 1; end += 1) {
    const cut = written.slice(0, end);
    if (end < seal) expect(messageOf(() => read(cut))).toMatch(/looks cut off|unclosed quoted cell/);
    else expect([end, read(cut).integrity?.changedRows]).toEqual([end, [3]]);
  }
});
