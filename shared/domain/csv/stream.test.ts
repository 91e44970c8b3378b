import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { CELL_BOUND, KEPT_CELL_BYTES, KEPT_RECORD_BYTES } from "./bounds.ts";
import { type Encoding, encodeText } from "./encoding.ts";
import { RecordSplitter } from "./split.ts";
import { TableReader } from "./stream.ts";
import { readTable } from "./table.ts";

/** Header, rows and their lines of a file given in chunks of `chunkBytes`, as a stream reads it; or the failure. */
function streamed(bytes: Uint8Array, encoding: Encoding, chunkBytes: number, batchBytes: number) {
  const splitter = new RecordSplitter({
    file: "t.csv",
    units: encoding === "utf-8" || encoding === "latin1" ? "bytes" : encoding,
    delimiter: ",",
    start: 0,
    line: 1,
    batchBytes,
  });
  const reader = new TableReader({ file: "t.csv", encoding, bom: false, delimiter: "," });
  const rows: { row: number; line: number; cells: { value: string; line: number }[] }[] = [];
  const read = (batch: NonNullable<ReturnType<RecordSplitter["end"]>>) => {
    const { table, firstRow } = reader.read(batch);
    for (const [at, { line, cells }] of table.records.entries()) {
      rows.push({
        row: firstRow + at,
        line,
        cells: cells.map((cell) => ({ value: cell.value, line: cell.line })),
      });
    }
  };
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    for (const batch of splitter.push(bytes.subarray(at, at + chunkBytes))) read(batch);
  }
  const rest = splitter.end();
  if (rest !== null) read(rest);
  return { header: reader.place.header, rows };
}

function whole(bytes: Uint8Array) {
  const table = readTable(bytes, "t.csv");
  return {
    header: table.header.length === 0 ? null : { cells: table.header, line: table.headerLine },
    rows: table.records.map(({ line, cells }, at) => ({
      row: at + 1,
      line,
      cells: cells.map((cell) => ({ value: cell.value, line: cell.line })),
    })),
  };
}

function outcome<T>(work: () => T): T | { failure: string; row: number | undefined } {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return { failure: error.message, row: error.place.row };
    throw error;
  }
}

describe("a streamed file", () => {
  const text = fc.string({ unit: fc.constantFrom(...'a"",,\r\n é🍞\u2028\uFEFF'), maxLength: 60 });

  it("has the rows, lines and failures of the whole one, wherever it is cut into chunks", () => {
    const encodings = fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be");
    const sizes = fc.record({
      chunk: fc.integer({ min: 1, max: 9 }),
      batch: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(text, encodings, sizes, (body, encoding, { chunk, batch }) => {
        // The mark tells the whole reader the encoding; the stream begins behind it.
        const bytes = encodeText({ text: `description,x\n${body}`, encoding, bom: false }, "t.csv");
        const marked = encodeText({ text: `description,x\n${body}`, encoding, bom: true }, "t.csv");
        const unit = encoding === "utf-8" ? 1 : 2;
        expect(outcome(() => streamed(bytes, encoding, chunk * unit, batch))).toEqual(
          outcome(() => whole(marked)),
        );
      }),
      { numRuns: 400 },
    );
  });

  const kept = new Uint8Array(KEPT_CELL_BYTES + 10).fill(0x61);
  const utf8 = (text: string) => new TextEncoder().encode(text);
  function joined(...parts: Uint8Array[]): Uint8Array {
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.reduce((at, part) => {
      all.set(part, at);
      return at + part.length;
    }, 0);
    return all;
  }

  it.each([
    ["in quotes", '"', '"'],
    ["without quotes", "", ""],
    ["with doubled quotes and line ends behind the cut", '"', '""\r\n""\n\r"'],
    ["with text behind the closing quote", '"', '""" b'],
  ])("truncates a cell %s and continues after it", (_, open, close) => {
    const tail = new Uint8Array(600_000).fill(0xc3).map((byte, at) => (at % 2 === 0 ? byte : 0xa9));
    const bytes = joined(utf8(`description,suggestions\n${open}`), kept, tail, utf8(`${close},[]\nb,[]\n`));
    const { rows } = streamed(bytes, "utf-8", 100_001, 1000);
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 2]);
    expect(rows[0]?.cells[0]?.value.length).toBeGreaterThan(CELL_BOUND);
    expect(rows[0]?.cells[0]?.value.length).toBeLessThan(KEPT_CELL_BYTES + 200_000);
    expect(rows[0]?.cells[1]?.value).toBe("[]");
    const same = whole(bytes);
    expect(rows[1]).toEqual(same.rows[1]);
    expect(rows[0]?.line).toBe(same.rows[0]?.line);
  });

  it("reports where an unclosed quote starts, however far the end is", () => {
    const bytes = joined(utf8('description,suggestions\na,[]\n"'), kept, kept);
    expect(outcome(() => streamed(bytes, "utf-8", 100_000, 1000))).toEqual({
      failure: "t.csv ends inside a quoted cell that starts on line 3",
      row: 2,
    });
  });

  it("refuses a record that doesn't fit in memory", () => {
    const cell = joined(new Uint8Array(4 * 1024 * 1024).fill(0x61), utf8(","));
    const splitter = new RecordSplitter({
      file: "t.csv",
      units: "bytes",
      delimiter: ",",
      start: 0,
      line: 1,
      batchBytes: 1000,
    });
    const cells = Math.ceil(KEPT_RECORD_BYTES / cell.length) + 1;
    expect(() => {
      for (let at = 0; at < cells; at += 1) splitter.push(cell);
    }).toThrow(/larger than 67\.1 MB/);
  });
});
