import { unedited } from "../../../../shared/domain/dataset/document.ts";
import {
  type EditedDocument,
  type EditStep,
  freshDocument,
  makeStep,
  type StepKind,
} from "../../../../shared/domain/dataset/documentHistory.ts";
import type { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import type { RowId } from "../../../../shared/schema/document.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { isLockedByAnother, type LockAttempt, tryAcquireLock } from "../../lease/lockFile.mjs";
import { fileRevision } from "../largeFile.ts";
import { type BaseFile, TableFile } from "./baseFile.ts";
import type { Conflict } from "./conflictState.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { hashOnDisk, loadBase } from "./documentLoader.ts";
import {
  EditJournal,
  type EditJournalText,
  type EditLine,
  type EditPlaces,
  editPlaces,
  parseEdits,
  refuseBeyondRoom,
  rowsOf,
  type StepLine,
} from "./editJournal.ts";
import { IndexedFile } from "./indexedFile.ts";
import { JournalBase } from "./journalBase.ts";
import { refuseElsewhere } from "./refusals.ts";

/** A document restored from its journal. */
export interface Restored {
  readonly base: BaseFile;
  /** Null when there was nothing to restore. */
  readonly edited: EditedDocument | null;
  readonly steps: number;
  readonly conflict: Conflict | null;
  /** A message that names the other process that edits it, or null. */
  readonly heldBy: string | null;
}

/** A step, and the file's cells of the rows that it touches. */
export interface RecordedEdit {
  readonly base: BaseFile;
  readonly saved: RowOrder;
  readonly kind: StepKind;
  readonly step: EditStep;
  readonly cells: ReadonlyMap<RowId, readonly string[]>;
}

function baseLine({ base, saved }: RecordedEdit): EditLine {
  const { sha256, header } = base;
  return { seq: 1, kind: "base", sha256, header: [...header], rows: [...saved.runs] };
}

/** `known` are the rows whose original cells are already in the journal. */
function stepOf({ kind, step, cells }: RecordedEdit, known: ReadonlyMap<RowId, unknown>) {
  const file = [...cells].filter(([id]) => !known.has(id));
  return {
    kind: "step" as const,
    how: kind,
    label: step.label,
    changes: [...step.changes],
    file: file.map(([id, some]): [RowId, string[]] => [id, [...some]]),
  };
}

/** The edits of a document on disk: their journal, the original file, and the edit lock. */
export class DocumentStore {
  readonly #file: string;
  readonly #files: FileLayer;
  readonly #setting: DocumentDependencies;
  readonly #places: EditPlaces;
  readonly #journal: EditJournal;
  /** The original cells of the rows that are in the journal. */
  readonly #known = new Map<RowId, readonly string[]>();
  #hold: Extract<LockAttempt, { kind: "held" }> | null = null;

  constructor(file: string, setting: DocumentDependencies) {
    this.#file = file;
    this.#files = setting.files;
    this.#setting = setting;
    this.#places = editPlaces(setting.workspace, file);
    this.#journal = new EditJournal(setting.files, this.#places.journal);
  }

  /** Whether this process has started a journal, even if all its edits were undone. */
  get begun(): boolean {
    return this.#journal.begun;
  }

  isThere(): Promise<boolean> {
    return this.#files.exists(this.#places.journal);
  }

  isHeldByAnother(): Promise<boolean> {
    return isLockedByAnother(this.#files, this.#places.lock);
  }

  /** Restores the edits from the journal. `onDisk` is the current file, or null when it no longer exists. */
  async restore(onDisk: BaseFile | null): Promise<Restored> {
    const nothing = { base: onDisk as BaseFile, edited: null, steps: 0, conflict: null };
    if (this.#setting.workspace.sample) return { ...nothing, heldBy: null };
    const busy = await this.#take();
    if (busy !== null) return { ...nothing, heldBy: busy };
    const text = parseEdits(await this.#files.readText(this.#places.journal));
    if (text === null || (onDisk !== null && text.savings.includes(onDisk.sha256))) {
      // The journal is empty, or its edits were saved and only its removal is missing.
      await this.forget();
      return { ...nothing, heldBy: null };
    }
    for (const { file } of text.steps) for (const [id, cells] of file) this.#known.set(id, cells);
    const same = onDisk !== null && onDisk.sha256 === text.base.sha256;
    const base = same ? onDisk : await this.#copyOf(text);
    const { edited, made } = await replayed(text, base);
    await this.#continue(text, made);
    const conflict = same ? null : { gone: onDisk === null };
    return { base, edited, steps: made.length, conflict, heldBy: null };
  }

  /** Continues the journal after its last valid line. A damaged journal is kept in a second file. */
  async #continue(text: EditJournalText, made: readonly StepLine[]): Promise<void> {
    const lines: EditLine[] = [text.base, ...made];
    if (text.lost > 0 || made.length < text.steps.length) {
      await this.#files.writeAtomic(this.#places.damaged, await this.#files.readText(this.#places.journal));
    }
    await this.#journal.rewrite(lines);
  }

  /** Returns the original file from its copy, otherwise the rows that the journal contains. */
  async #copyOf({ base, ...text }: EditJournalText): Promise<BaseFile> {
    if ((await hashOnDisk(this.#files, this.#places.base)) === base.sha256) {
      return loadBase(this.#setting, this.#places.base);
    }
    return new JournalBase(base, rowsOf({ base, ...text }), this.#known);
  }

  /** Returns the original file of an open document whose file changed on disk. */
  async keptBase(base: BaseFile, saved: RowOrder): Promise<BaseFile> {
    if (base instanceof TableFile) return base;
    if (base instanceof IndexedFile && (await hashOnDisk(this.#files, this.#places.base)) === base.sha256) {
      return base.movedTo(this.#places.base, await fileRevision(this.#places.base));
    }
    return new JournalBase(base, saved, this.#known);
  }

  /** Appends a step to the journal, which is created first if necessary. */
  async record(edit: RecordedEdit): Promise<void> {
    const step = stepOf(edit, this.#known);
    if (!this.#journal.begun) {
      refuseBeyondRoom(step);
      await this.#takeOrRefuse();
      await this.#keep(edit.base, this.#places.base);
      this.#known.clear();
      await this.#journal.rewrite([baseLine(edit)]);
    }
    await this.#journal.append(step);
    this.#learn(edit);
  }

  /** Replaces the journal with one step on a different file. On failure, the old journal remains. */
  async startOver(edit: RecordedEdit): Promise<void> {
    const { base, nextBase } = this.#places;
    const step = stepOf(edit, new Map());
    refuseBeyondRoom(step);
    await this.#takeOrRefuse();
    // The open document uses the existing copy until the new journal is in place.
    const kept = await this.#keep(edit.base, nextBase);
    await this.#journal.rewrite([baseLine(edit), { seq: 2, ...step }]);
    if (kept) await this.#files.rename(nextBase, base);
    this.#known.clear();
    this.#learn(edit);
  }

  #learn({ cells }: RecordedEdit): void {
    for (const [id, some] of cells) if (!this.#known.has(id)) this.#known.set(id, some);
  }

  /** Takes the edit lock. Throws `Failure` when another process has it. */
  async #takeOrRefuse(): Promise<void> {
    const busy = await this.#take();
    if (busy !== null) refuseElsewhere(this.#setting.workspace, this.#file, busy);
  }

  /** Keeps a copy of the original file. Returns false when the file is too large. */
  async #keep(base: BaseFile, place: string): Promise<boolean> {
    if (base.content !== null) await this.#files.writeAtomic(place, base.content);
    else if (base.bytes > fileSizes.copiedUpTo) return false;
    else {
      await this.#files.remove(place);
      await this.#files.copy(this.#file, place);
    }
    return true;
  }

  /** Records the hash of the content that is about to replace the file. */
  async saving(sha256: string): Promise<void> {
    if (this.#journal.begun) await this.#journal.append({ kind: "saving", sha256 });
  }

  /** Removes the journal, whose edits were saved or discarded. */
  async forget(): Promise<void> {
    // The journal goes first: a copy without a journal is harmless, but not vice versa.
    await this.#journal.remove();
    await this.#files.remove(this.#places.base);
    await this.#files.remove(this.#places.nextBase);
    this.#known.clear();
    await this.release();
  }

  async release(): Promise<void> {
    const hold = this.#hold;
    this.#hold = null;
    await hold?.release();
  }

  /** Takes the edit lock. Returns null, or a message that names the process that has it. */
  async #take(): Promise<string | null> {
    if (this.#hold !== null) return null;
    const attempt = await tryAcquireLock(this.#files, this.#places.lock, "editing");
    if (attempt.kind === "busy") {
      const { pid, host } = attempt.by.owner;
      return `Another Namewright (process ${pid} on ${host}) is editing this file. Save or close it there.`;
    }
    this.#hold = attempt;
    return null;
  }
}

/** Replays the steps of a journal up to the first that can't be applied. */
async function replayed(text: EditJournalText, base: BaseFile) {
  const made: StepLine[] = [];
  const known = new Map<RowId, readonly string[]>();
  let edited = freshDocument(unedited(rowsOf(text)));
  for (const line of text.steps) {
    for (const [id, cells] of line.file) known.set(id, cells);
    try {
      edited = makeStep(edited, line.how, line, known);
    } catch {
      break;
    }
    made.push(line);
  }
  if (edited.rows.saved.length !== base.rows)
    throw new Error("the journal and the file differ in their rows");
  return { edited, made };
}
