import { decodeAs, type Encoding } from "./encoding.ts";
import { type CsvRecord, isBlank, Scanner } from "./scan.ts";
import type { RecordBatch } from "./split.ts";
import type { Table } from "./table.ts";

/** What is known of a file before its records are read. */
export interface StreamedFile {
  readonly file: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly delimiter: string;
}

/** Some rows of a file as a separate table: its row 1 is row `firstRow` of the file. Lines are the file's. */
export interface TablePart {
  readonly table: Table;
  readonly firstRow: number;
}

/** Where reading continues: the header as it was found (null: not yet) and how many data rows came before. */
export interface StreamPlace {
  readonly header: { readonly cells: readonly string[]; readonly line: number } | null;
  readonly rows: number;
}

/** Reads batches of records one after the other into tables; the header is the first record that is not blank. */
export class TableReader {
  readonly #file: StreamedFile;
  #header: StreamPlace["header"];
  #rows: number;

  constructor(file: StreamedFile, place: StreamPlace = { header: null, rows: 0 }) {
    this.#file = file;
    this.#header = place.header;
    this.#rows = place.rows;
  }

  /** Where the next batch continues. */
  get place(): StreamPlace {
    return { header: this.#header, rows: this.#rows };
  }

  /** Throws Failure `bad-value` where a quote stays open or the bytes are not in the file's encoding. */
  read(batch: RecordBatch): TablePart {
    const { file, encoding, bom, delimiter } = this.#file;
    const text = decodeAs(batch.bytes, encoding, file);
    const before = this.#header === null ? 0 : this.#rows + 1;
    const scanner = new Scanner(text, delimiter, file, { line: batch.line, records: before });
    const records: CsvRecord[] = [];
    for (let record = scanner.next(); record !== null; record = scanner.next()) {
      if (!isBlank(record)) records.push(record);
    }
    if (this.#header === null) {
      const head = records.shift();
      if (head !== undefined) {
        this.#header = { cells: head.cells.map(({ value }) => value), line: head.line };
      }
    }
    const firstRow = this.#rows + 1;
    this.#rows += records.length;
    const table: Table = {
      file,
      source: { text, encoding, bom },
      dialect: { delimiter, preamble: 0, newline: "\n", quoting: "minimal" },
      header: this.#header?.cells ?? [],
      headerLine: this.#header?.line ?? 1,
      records,
    };
    return { table, firstRow };
  }
}
