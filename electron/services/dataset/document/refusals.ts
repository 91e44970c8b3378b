import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { assertWritable, type Workspace } from "../../workspace/workspace.ts";

/** Returns why a file is read-only, or null if it is editable. `heldBy` is a message about another process. */
export function whyReadOnly(file: string, workspace: Workspace, heldBy: string | null): string | null {
  if (workspace.sample) return "This file belongs to the bundled sample, which is read-only.";
  return path.dirname(file) === workspace.paths.data
    ? heldBy
    : "Only files in the workspace's data folder can be edited. Import this file first.";
}

/** Throws the reason why this process can't edit a document. */
export function refuseElsewhere(workspace: Workspace, file: string, why: string): never {
  assertWritable(workspace);
  throw new Failure("missing", why, { hint: "Nothing was changed.", file });
}

/** Returns the failure for a document whose file changed on disk while it had edits. */
export function changedUnderEdits(file: string): Failure {
  return new Failure("conflict", `${file} was changed by another program while you edited it`, {
    hint: "Choose which version to keep. Both are still available.",
    file,
  });
}

/** Returns the failure for a document whose file was removed. */
export function fileGone(file: string): Failure {
  return new Failure("missing", `${path.basename(file)} no longer exists`, {
    hint: "Save your version as a new file, or restore the original file.",
    file,
  });
}

/** Returns the failure for a command on a removed row. */
export function rowGone(file: string): Failure {
  return new Failure("conflict", "that row no longer exists", {
    hint: "The row was removed elsewhere. Refresh and try again.",
    file,
  });
}

/** Returns the failure for a row with a truncated cell. */
export function tooLongRow(file: string, row: number): Failure {
  return new Failure("bad-value", `row ${row} has a cell of more than 1,048,576 characters`, {
    hint: "Delete the row, or shorten the cell in a text editor.",
    file,
    row,
  });
}
