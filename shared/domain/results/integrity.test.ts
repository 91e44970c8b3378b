import { describe, expect, test } from "vitest";
import { type ResultRow, type Results, StampSchema } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { readRows, writeRows } from "../csv/rows.ts";
import { ourColumns, studyColumns } from "./columns.ts";
import { integrityProblems } from "./integrity.ts";
import { readResults } from "./read.ts";
import { writeResults } from "./write.ts";

const names = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const rows: ResultRow[] = Array.from({ length: 12 }, (_, at) => ({
  ...exampleRow,
  row: at + 1,
  split: at % 4 === 0 ? "dev" : "heldout",
  description: `a bakery, number ${at + 1} — “Kücheℓ”`,
  text: names.join("\n"),
  names,
  scores: names.map((name, index) => ({
    index,
    name,
    category: "good",
    score: 1 / 3,
    likert: { relevance: 4, creativity: 3, brandability: 3, conciseness: 2 },
  })),
  nameProbabilities: names.map(() => ({ probability: 1 / 7, perToken: 2 / 3 })),
  refusalProbability: 10 ** -at / 3,
  latencyMs: 12.345678,
}));
const written = writeResults({ stamp: exampleStamp, rows });
const read = (text: string): Results => readResults(new TextEncoder().encode(text), "results.csv");
const table = (): string[][] => readRows(written, ",", "results.csv").filter((cells) => cells.length > 1);
const text = (cells: string[][]): string => writeRows(cells, { delimiter: ",", newline: "\n" });
const column = (name: string): number => table()[0]?.indexOf(name) ?? -1;
const change = (row: number, name: string, to: (cell: string) => string): string => {
  const cells = table();
  const record = cells[row] ?? [];
  record[column(name)] = to(record[column(name)] ?? "");
  return text(cells);
};

describe("the seal of a results file", () => {
  test("is whole in a file as it was written", () => {
    const { stamp, integrity } = read(written);
    expect(stamp?.records).toBe(12);
    expect(integrity).toEqual({ sealed: true, changedRows: [], missing: 0, missingRows: [] });
    expect(integrityProblems("v1", integrity)).toEqual([]);
  });

  test("names the row of every cell that was generated, judged or labelled and then changed", () => {
    const edits: Record<string, (cell: string) => string> = {
      description: (cell) => cell.toUpperCase(),
      domains: () => "[]",
      outcome: () => "refused",
      text: () => "",
      label: () => "harmful",
      label_source: () => "override",
      slice: () => "everyday",
      split: (cell) => (cell === "dev" ? "heldout" : "dev"),
      group: () => "another",
      name_scores: (cell) => cell.replace('"score":0.3333333333333333', '"score":0.9'),
      name_probabilities: () => "[]",
      refusal_probability: () => "0.5",
      unscored_reason: () => "timeout",
      seal: () => "",
    };
    for (const [name, edit] of Object.entries(edits))
      expect([name, read(change(5, name, edit)).integrity?.changedRows]).toEqual([name, [5]]);
    const [problem] = integrityProblems("v1", read(change(5, "outcome", () => "refused")).integrity);
    expect(problem?.code).toBe("rows-changed");
    expect(problem?.message).toContain("1 row differs from its seal in the results of v1 (row 5)");
  });

  test("is broken in every row by an edited stamp and by a lost seal column", () => {
    const edited = written.replaceAll('""gate"":""passed""', '""gate"":""none""');
    expect(edited).not.toBe(written);
    expect(read(edited).integrity?.changedRows).toHaveLength(12);
    const without = table().map((cells) => cells.slice(0, -1));
    expect(read(text(without)).integrity?.changedRows).toHaveLength(12);
  });

  test("notices a record of another evaluation under the same stamp", () => {
    const other = writeResults({
      stamp: { ...exampleStamp, runId: "r2" },
      rows: rows.map((row) => ({ ...row, outcome: "refused" as const })),
    });
    const cells = table();
    const [, , foreign = []] = readRows(other, ",", "other.csv");
    cells[2] = foreign.map((cell, at) => (at === column("stamp") ? (cells[1]?.[at] ?? "") : cell));
    expect(read(text(cells)).integrity?.changedRows).toEqual([2]);
  });

  test("survives what a spreadsheet does to a file that nobody edited", () => {
    const shortened = (digits: number) =>
      table().map((cells, at) =>
        cells.map((cell, index) =>
          at > 0 && ["refusal_probability", "latency_ms"].some((name) => index === column(name))
            ? String(Number(Number(cell).toPrecision(digits)))
            : cell === "True"
              ? "TRUE"
              : cell,
        ),
      );
    for (const digits of [15, 10, 6]) {
      const saved = `\uFEFF${writeRows(shortened(digits), { delimiter: ",", newline: "\r\n" })}`;
      expect(read(saved).integrity?.changedRows).toEqual([]);
    }
  });

  test("holds for any number that was rounded to six digits or more", () => {
    for (let at = 0; at < 2000; at += 1) {
      const refusalProbability = ((at * 0.618034) % 1) * 10 ** -(at % 6);
      const [row] = rows.map((one) => ({ ...one, row: 1, refusalProbability }));
      const whole = writeResults({ stamp: exampleStamp, rows: row === undefined ? [] : [row] });
      const rounded = whole.replace(`,${refusalProbability},`, `,${refusalProbability.toPrecision(6)},`);
      expect([refusalProbability, read(rounded).integrity?.changedRows]).toEqual([refusalProbability, []]);
    }
  });
});

describe("the records of a results file", () => {
  test("are counted by the stamp, wherever they were deleted", () => {
    const kept = (keep: (row: number) => boolean) => text(table().filter((_, at) => at === 0 || keep(at)));
    const between = read(kept((row) => row !== 3 && row !== 7)).integrity;
    expect(between).toMatchObject({ missing: 2, missingRows: [3, 7] });
    expect(integrityProblems("v1", between)[0]?.message).toContain(
      "2 records are missing from the results of v1 (rows 3, 7)",
    );
    expect(read(kept((row) => row <= 9)).integrity).toMatchObject({ missing: 3, missingRows: [] });
  });

  test("include every sample of a row", () => {
    const decoding = { ...exampleStamp.decoding, mode: "sampled" as const, samples: 2 };
    const twice = rows.flatMap((row) => [0, 1].map((sample) => ({ ...row, sample })));
    const whole = writeResults({ stamp: { ...exampleStamp, decoding }, rows: twice });
    const lines = readRows(whole, ",", "f").filter((cells) => cells.length > 1);
    expect(read(text(lines.toSpliced(6, 1))).integrity).toMatchObject({ missing: 1, missingRows: [3] });
  });
});

describe("a file from before records were sealed", () => {
  const unsealed = (rowsKept: (row: number) => boolean) => {
    const columns = [...studyColumns, ...ourColumns];
    const stamp = JSON.stringify(StampSchema.parse(exampleStamp));
    return text(
      table()
        .filter((_, at) => at === 0 || rowsKept(at))
        .map((cells, at) =>
          columns.map((name, index) => (at > 0 && name === "stamp" ? stamp : (cells[index] ?? ""))),
        ),
    );
  };

  test("says that it isn't sealed and has no problem", () => {
    const { integrity } = read(unsealed(() => true));
    expect(integrity).toEqual({ sealed: false, changedRows: [], missing: 0, missingRows: [] });
  });

  test("contradicts itself where only an outcome was edited", () => {
    const cells = readRows(
      unsealed(() => true),
      ",",
      "f",
    ).filter((one) => one.length > 1);
    const record = cells[5] ?? [];
    record[column("outcome")] = "refused";
    const { integrity } = read(text(cells));
    expect(integrity?.changedRows).toEqual([5]);
    expect(integrityProblems("v1", integrity)[0]?.message).toContain(
      "1 row has an outcome that contradicts its overall_category in the results of v1 (row 5)",
    );
  });

  test("has no gaps when only held-out rows were evaluated", () => {
    const split = column("split");
    const heldout = table().map((cells) => cells[split]);
    expect(read(unsealed((row) => heldout[row] === "heldout")).integrity?.missing).toBe(0);
  });

  test("lacks the rows between its first and its last", () => {
    expect(read(unsealed((row) => row > 4)).integrity?.missing).toBe(0);
    expect(read(unsealed((row) => row !== 5 && row !== 6)).integrity).toMatchObject({
      sealed: false,
      missing: 2,
      missingRows: [5, 6],
    });
  });
});
