import type { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import type { RowId } from "../../../../shared/schema/document.ts";
import type { BaseFile, BaseRow } from "./baseFile.ts";

/** What remains of an overwritten file: the rows that the edits touched. */
export class JournalBase implements BaseFile {
  readonly header: readonly string[];
  readonly sha256: string;
  readonly rows: number;
  readonly encoding = "utf-8";
  readonly bom = false;
  readonly dialect = { delimiter: ",", newline: "\n", quoting: "minimal", preamble: 0 } as const;
  readonly bytes = 0;
  readonly content = null;
  readonly #saved: RowOrder;
  readonly #known: ReadonlyMap<RowId, readonly string[]>;

  constructor(
    of: { readonly header: readonly string[]; readonly sha256: string },
    saved: RowOrder,
    known: ReadonlyMap<RowId, readonly string[]>,
  ) {
    this.header = of.header;
    this.sha256 = of.sha256;
    this.rows = saved.length;
    this.#saved = saved;
    this.#known = known;
  }

  async read(positions: readonly number[]): Promise<Map<number, BaseRow>> {
    return new Map(
      positions.flatMap((position) => {
        const cells = this.#known.get(this.#saved.idAt(position) ?? 0);
        return cells === undefined ? [] : [[position, { cells, cut: [] }]];
      }),
    );
  }

  async *scan() {}

  // biome-ignore lint/correctness/useYield: the content is gone, and calling this is a defect.
  async *edited(): AsyncGenerator<Uint8Array> {
    throw new Error("the original version of the edited file is no longer available");
  }
}
