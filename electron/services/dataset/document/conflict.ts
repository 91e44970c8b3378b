import path from "node:path";
import { unedited } from "../../../../shared/domain/dataset/document.ts";
import type { EditStep } from "../../../../shared/domain/dataset/documentHistory.ts";
import {
  fits,
  netEdits,
  type PlacedEdit,
  RebaseSearch,
  rebaseStep,
  removedRows,
} from "../../../../shared/domain/dataset/documentRebase.ts";
import { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { DocumentConflict } from "../../../../shared/schema/document.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import { type BaseFile, cellsInFile } from "./baseFile.ts";
import type { Conflict } from "./conflictState.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { loadBase } from "./documentLoader.ts";
import { editedBytes } from "./documentSaver.ts";
import { JournalBase } from "./journalBase.ts";
import type { Snapshot } from "./rowView.ts";

/** The maximum number of rows that a conflict lists. */
const SHOWN_ROWS = 500;

async function placedEdits({ base, rows }: Snapshot, theirs: BaseFile): Promise<PlacedEdit[]> {
  const touched = [...rows.cells.keys(), ...removedRows(rows)];
  const search = new RebaseSearch(
    netEdits(rows, await cellsInFile(base, rows.saved, touched)),
    theirs.header,
  );
  for await (const { rows: some } of theirs.scan()) for (const cells of some) search.add(cells);
  return search.placed();
}

function sameColumns(mine: BaseFile, theirs: BaseFile): boolean {
  return JSON.stringify(mine.header) === JSON.stringify(theirs.header);
}

/** Counts the rows that were added to and removed from the original file; equal rows are matched one to one. */
async function difference(before: BaseFile, now: BaseFile) {
  if (before instanceof JournalBase) return null;
  const counts = new Map<string, number>();
  for await (const { rows } of before.scan()) {
    for (const cells of rows) counts.set(cells.join("\u0000"), (counts.get(cells.join("\u0000")) ?? 0) + 1);
  }
  let [added, unchanged] = [0, 0];
  for await (const { rows } of now.scan()) {
    for (const cells of rows) {
      const left = counts.get(cells.join("\u0000")) ?? 0;
      if (left === 0) added += 1;
      else {
        unchanged += 1;
        counts.set(cells.join("\u0000"), left - 1);
      }
    }
  }
  return { added, removed: before.rows - unchanged, unchanged };
}

/** Describes both sides of a conflict. Throws `Failure` `bad-value` when there is none. */
export async function describeConflict(
  setting: DocumentDependencies,
  file: string,
  conflict: Conflict | null,
  mine: Snapshot,
): Promise<DocumentConflict> {
  if (conflict === null) throw noConflict(file);
  const canSaveAs = !(mine.base instanceof JournalBase);
  if (conflict.gone) {
    const touched = [...mine.rows.cells.keys(), ...removedRows(mine.rows)];
    const edits = netEdits(mine.rows, await cellsInFile(mine.base, mine.rows.saved, touched));
    const rows = edits.map((edit) => shown({ ...edit, row: null, theirs: null }));
    const header = [...mine.base.header];
    return {
      header,
      sameColumns: true,
      rows,
      matching: 0,
      unmatched: rows.length,
      theirs: null,
      canSaveAs,
      gone: true,
    };
  }
  const theirs = await loadBase(setting, file);
  const placed = await placedEdits(mine, theirs);
  const unmatched = placed.filter((edit) => !fits(edit));
  const comparable = Math.max(theirs.bytes, mine.base.bytes) <= fileSizes.reappliedUpTo;
  return {
    header: [...mine.base.header],
    sameColumns: sameColumns(mine.base, theirs),
    rows: [...unmatched, ...placed.filter(fits)].slice(0, SHOWN_ROWS).map(shown),
    matching: placed.length - unmatched.length,
    unmatched: unmatched.length,
    theirs: comparable ? await difference(mine.base, theirs) : null,
    canSaveAs,
    gone: false,
  };
}

function shown({ kind, before, mine, theirs, row }: PlacedEdit): DocumentConflict["rows"][number] {
  const copy = (cells: readonly string[] | null) => (cells === null ? null : [...cells]);
  return { kind, before: copy(before), mine: copy(mine), theirs: copy(theirs), row };
}

export function noConflict(file: string): Failure {
  return new Failure("bad-value", `${path.basename(file)} has no conflict`, {
    hint: "The open document matches the file on disk.",
    file,
  });
}

/** Finds the edits that still fit the file on disk, as one step on it, and counts the others. */
export async function rebase(
  setting: DocumentDependencies,
  file: string,
  mine: Snapshot,
): Promise<{ theirs: BaseFile; step: EditStep; leftOut: number }> {
  const theirs = await loadBase(setting, file);
  if (!sameColumns(mine.base, theirs)) {
    throw new Failure("bad-value", "the columns of the file changed", {
      hint: "Save your version as a new file, or use the version on disk.",
      file,
    });
  }
  const placed = await placedEdits(mine, theirs);
  const fitting = placed.filter(fits);
  const step = rebaseStep(fitting, unedited(RowOrder.counting(theirs.rows)));
  return { theirs, step, leftOut: placed.length - fitting.length };
}

/** Writes the edited document as a new dataset and returns its file. Overwrites nothing. */
export async function saveAs(
  { files, workspace }: DocumentDependencies,
  file: string,
  mine: Snapshot,
  name: string,
): Promise<string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(\.csv)?$/i.test(name)) {
    throw new Failure("usage", `“${name}” is not a valid dataset name`, {
      hint: "Use letters, digits, _ and -.",
    });
  }
  if (mine.base instanceof JournalBase) {
    throw new Failure("missing", "the original version of the edited file is no longer available", {
      hint: "Repeat your edits on the current file.",
      file,
    });
  }
  const target = path.join(workspace.paths.data, `${name.replace(/\.csv$/i, "")}.csv`);
  await workspace.writing(`save ${path.basename(target)}`, async () => {
    if (await files.writeNew(target, editedBytes(mine))) return;
    throw new Failure("bad-value", `${path.basename(target)} already exists`, {
      hint: "Choose another name. Nothing was changed.",
      file: target,
    });
  });
  return target;
}
