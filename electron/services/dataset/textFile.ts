import { markedEncoding } from "../../../shared/domain/csv/encoding.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { explainedRead } from "../files/sourceFile.ts";
import { isUtf8Start } from "./utf8.ts";

/** Bytes of a file that are checked. */
const HEAD_BYTES = 4096;
/** "PK\x03\x04", the signature of ZIP files, which workbooks are. */
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;

/**
 * Refuses binary files, which would otherwise decode as Windows-1252. A CSV may contain a NUL, but a NUL in bytes that
 * aren't UTF-8 indicates a picture, an archive or a program. Throws `Failure` `missing` or `bad-value`.
 */
export async function assertText(files: Pick<FileLayer, "readPart">, file: string): Promise<void> {
  const head = await files.readPart(file, 0, HEAD_BYTES).catch((error: unknown) => {
    throw explainedRead(file, error);
  });
  const isZip = ZIP.every((byte, at) => head[at] === byte);
  if (isZip)
    throw new Failure("bad-value", `${file} is a workbook or another archive, not a CSV`, {
      hint: "Open the file in a spreadsheet program and save the sheet as CSV (UTF-8).",
      file,
    });
  if (head.includes(0) && markedEncoding(head) === null && !isUtf8Start(head))
    throw new Failure("bad-value", `${file} is not a text file, so it has no rows`, {
      hint: "Choose a CSV or TSV file.",
      file,
    });
}
