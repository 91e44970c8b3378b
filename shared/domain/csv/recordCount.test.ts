import fc from "fast-check";
import { expect, it } from "vitest";
import { RecordCounter } from "./recordCount.ts";
import { RecordSplitter } from "./split.ts";
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

/** What reading all cells finds; null where it cannot be read. */
function bySplitter(bytes: Uint8Array, cuts: readonly number[], stretchBytes: number) {
  const file = { file: "t.csv", encoding: "utf-8", bom: false, delimiter: "," } as const;
  const splitter = new RecordSplitter({
    ...file,
    units: "bytes",
    start: 0,
    line: 1,
    batchBytes: stretchBytes,
  });
  const reader = new TableReader(file);
  const starts: { offset: number; line: number; records: number }[] = [];
  let records = 0;
  const batches = [...parts(bytes, cuts).flatMap((part) => splitter.push(part)), splitter.end()];
  for (const batch of batches) {
    if (batch === null) continue;
    const header = reader.place.header;
    starts.push({ offset: batch.start, line: batch.line, records });
    const { table } = reader.read(batch);
    records += table.records.length + (header === null && reader.place.header !== null ? 1 : 0);
  }
  return { starts, records };
}

function parts(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((to, place) => bytes.subarray(at[place], to));
}

it("finds the stretches and records that reading all cells finds, wherever the chunks are cut", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat(200), { maxLength: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (csv, cuts, size) => {
        const bytes = new TextEncoder().encode(csv);
        const counter = new RecordCounter({ start: 0, line: 1, delimiter: ",", stretchBytes: size });
        for (const part of parts(bytes, cuts)) counter.push(part);
        const records = counter.end();
        if (records === null) {
          expect(() => bySplitter(bytes, cuts, size)).toThrow("inside a quoted cell");
          return;
        }
        if (counter.unsure) return;
        compared += 1;
        expect({ starts: counter.starts, records }).toEqual(bySplitter(bytes, cuts, size));
      },
    ),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(500);
});
