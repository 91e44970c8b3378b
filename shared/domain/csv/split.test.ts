import fc from "fast-check";
import { expect, it } from "vitest";
import { type RecordBatch, RecordSplitter } from "./split.ts";
import { TableReader } from "./stream.ts";

const piece = fc.constantFrom(
  "a",
  "é",
  " ",
  "\t",
  '"',
  '""',
  ",",
  ";",
  "\n",
  "\r",
  "\r\n",
  "\u00a0",
  "bc,d\n",
  '"x\ny"',
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

const file = { file: "t.csv", encoding: "utf-8", bom: false, delimiter: "," } as const;

/** The batches of a file whose bytes come cut in places, and whether a quote is left open. */
function batchesOf(bytes: Uint8Array, cuts: readonly number[], batchBytes: number, keep: boolean) {
  const splitter = new RecordSplitter({ ...file, units: "bytes", start: 0, line: 1, batchBytes, keep });
  const batches = parts(bytes, cuts).flatMap((part) => splitter.push(part));
  const rest = splitter.end();
  if (rest !== null) batches.push(rest);
  return { batches, open: splitter.open };
}

function parts(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((to, place) => bytes.subarray(at[place], to));
}

/** The records of each batch as reading its cells finds them, the header among them. */
function read(batches: readonly RecordBatch[]): number[] {
  const reader = new TableReader(file);
  return batches.map((batch) => {
    const { header } = reader.place;
    const { table } = reader.read(batch);
    return table.records.length + (header === null && reader.place.header !== null ? 1 : 0);
  });
}

it("counts the records that reading all cells finds, wherever the chunks are cut", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat(200), { maxLength: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (csv, cuts, size) => {
        const bytes = new TextEncoder().encode(csv);
        const counted = batchesOf(bytes, cuts, size, false);
        const kept = batchesOf(bytes, cuts, size, true);
        expect(counted).toEqual({
          ...kept,
          batches: kept.batches.map((batch) => ({ ...batch, bytes: new Uint8Array() })),
        });
        if (kept.open) {
          expect(() => read(kept.batches)).toThrow("inside a quoted cell");
          return;
        }
        const found = read(kept.batches);
        for (const [at, { records }] of counted.batches.entries()) {
          if (records === null) continue;
          compared += 1;
          expect(records).toBe(found[at]);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(500);
});

it("returns no count when only decoding shows whether a line is blank", () => {
  const counted = (csv: string) =>
    batchesOf(new TextEncoder().encode(csv), [], 1000, false).batches[0]?.records;
  expect(counted("a,b\n\u00a0\n")).toBeNull();
  expect(counted("a,b\n \n\u00e9,\n")).toBe(2);
});
