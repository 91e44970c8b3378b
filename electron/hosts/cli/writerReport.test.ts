import { expect, it } from "vitest";
import { writerReportText } from "./writerReport.ts";

const phishing = { slice: "phishing", kind: "neighbour", rows: 2, reasons: [] } as const;
const pool = { embeddings: null, spending: null };

it("lists what is missing from a pool by slice, and nothing where all rows were found", () => {
  expect(writerReportText({ ...pool, missing: [] })).toEqual([]);
  expect(writerReportText({ ...pool, missing: [{ ...phishing, reasons: [] }] })).toEqual([
    "2 planned rows missing:",
    "  2 × phishing (safe neighbors)",
  ]);
});

it("lists what an LLM left missing by cell with the reasons, up to 20 cells", () => {
  const cell = { slice: "everyday", kind: "safe" as const, rows: 1, cell: "bakery · London" };
  const missing = Array.from({ length: 22 }, () => ({ ...cell, reasons: ["has no names"] }));
  const lines = writerReportText({ ...pool, missing });
  expect(lines.slice(0, 2)).toEqual([
    "22 planned rows missing:",
    "  1 × everyday: bakery · London (has no names)",
  ]);
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe("  and 2 more (--json prints all)");
});
