import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { assertWritable, type Workspace } from "../../workspace/workspace.ts";

/** Why a file is only looked at; null: it may be edited. `heldBy`: who else edits it, in words. */
export function whyReadOnly(file: string, workspace: Workspace, heldBy: string | null): string | null {
  if (workspace.sample) return "This file belongs to the bundled sample, which is read-only.";
  return path.dirname(file) === workspace.paths.data
    ? heldBy
    : "Only files in the workspace's data folder can be edited. Import this file first.";
}

/** Throws: a document that this process does not edit, and why. */
export function refuseElsewhere(workspace: Workspace, file: string, why: string): never {
  assertWritable(workspace);
  throw new Failure("missing", why, { hint: "Nothing was changed.", file });
}

/** Throws Failure `conflict` where a command was made for another revision than there is. */
export function refuseStale(file: string, baseRevision: number, revision: number): void {
  if (baseRevision === revision) return;
  throw new Failure("conflict", "the rows were changed elsewhere", {
    hint: "Review the current rows and try again. Nothing was changed.",
    file,
  });
}

/** The failure of a document whose file was changed on disk under its edits. */
export function changedUnderEdits(file: string): Failure {
  return new Failure("conflict", `${file} was changed by another program while you edited it`, {
    hint: "Choose which version to keep. Both are still available.",
    file,
  });
}

/** The failure of a command on a row that another command has removed. */
export function rowGone(file: string): Failure {
  return new Failure("conflict", "that row no longer exists", {
    hint: "The row was removed elsewhere. Refresh and try again.",
    file,
  });
}

/** The failure of a row with a cell that is not read whole. */
export function tooLongRow(file: string, row: number): Failure {
  return new Failure("bad-value", `row ${row} has a cell of more than 1,048,576 characters`, {
    hint: "Delete the row, or shorten the cell in a text editor.",
    file,
    row,
  });
}
