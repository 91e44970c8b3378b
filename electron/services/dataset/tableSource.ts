import type { TablePart } from "../../../shared/domain/csv/stream.ts";
import { readTable, type Table } from "../../../shared/domain/csv/table.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import { type LargeFile, openLarge, readBatches } from "./largeFile.ts";

/** A CSV file, in memory or streamed. */
export type TableSource = { readonly file: string } & (
  | { readonly table: Table; readonly large: null }
  | { readonly large: LargeFile; readonly table: null }
);

/** Opens a CSV file, which is streamed if it is large. Throws `Failure` `missing` or `bad-value`. */
export async function openSource(files: FileLayer, file: string): Promise<TableSource> {
  if ((await sizeOfSource(files, file)) >= fileSizes.streamedFrom) {
    return { file, large: await openLarge(file), table: null };
  }
  return { file, table: readTable((await readSource(files, file)).bytes, file), large: null };
}

/** Yields the rows of a file in batches. */
export async function* tablesOf({ table, large }: TableSource): AsyncGenerator<TablePart> {
  if (large === null) yield { table, firstRow: 1 };
  else yield* readBatches(large);
}
