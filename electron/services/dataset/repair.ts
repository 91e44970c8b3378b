import { editTable } from "../../../shared/domain/csv/edit.ts";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { repairTable } from "../../../shared/domain/dataset/repair.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { lintFile } from "../../../shared/domain/lint/lintFile.ts";
import type { FixReport } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";
import { sha256 } from "../hashing/hashing.ts";

/** Throws `Failure` `bad-value` when the file's hash changed. Size and time aren't reliable enough. */
async function refuseIfChanged(files: FileLayer, file: string, before: Uint8Array): Promise<void> {
  const { bytes } = await readSource(files, file);
  if (sha256(bytes) === sha256(before)) return;
  throw new Failure("bad-value", `conflict: ${file} was changed by another program`, {
    hint: "Nothing was written, and the other change is kept. Try again.",
    file,
  });
}

/** Applies the safe repairs to a file. All other bytes are unchanged. */
export async function fixFile(files: FileLayer, file: string): Promise<FixReport> {
  const { bytes } = await readSource(files, file);
  const table = readTable(bytes, file);
  const { edits, repairs } = repairTable(table);
  const written = edits.length > 0;
  const after = written ? editTable(table, edits) : bytes;
  if (written) {
    await files.writeAtomic(file, after, {
      beforeRename: () => refuseIfChanged(files, file, bytes),
      throughLink: true,
    });
  }
  const { errors, warnings } = lintFile({ file, bytes: after });
  return { file, written, fixed: [...repairs], errors, warnings };
}
