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
import type { Compute } from "../../compute/compute.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { type Attempt, isHeldByAnother, tryHold } from "../../lease/lockFile.ts";
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

/** What a journal on disk made of a file. */
export interface Restored {
  readonly base: BaseFile;
  /** null: there was nothing to bring back. */
  readonly edited: EditedDocument | null;
  readonly steps: number;
  readonly conflict: Conflict | null;
  /** Who else edits it, in words. */
  readonly heldBy: string | null;
}

/** A step, and what it lies over: `cells` of the rows of the file that it touches. */
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

/** `known`: rows whose cells in the file the journal tells already. */
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

/** What of a document's edits lies on disk: their journal, the file they began with, and who may write them. */
export class DocumentStore {
  readonly #file: string;
  readonly #files: FileLayer;
  readonly #compute: Compute;
  readonly #setting: DocumentDependencies;
  readonly #places: EditPlaces;
  readonly #journal: EditJournal;
  /** The cells in the file of rows whose cells stand in the journal. */
  readonly #known = new Map<RowId, readonly string[]>();
  #hold: Extract<Attempt, { kind: "held" }> | null = null;

  constructor(file: string, setting: DocumentDependencies) {
    this.#file = file;
    this.#files = setting.files;
    this.#compute = setting.compute;
    this.#setting = setting;
    this.#places = editPlaces(setting.workspace, file);
    this.#journal = new EditJournal(setting.files, this.#places.journal);
  }

  /** Whether this process has a journal of it, of edits that were undone too. */
  get begun(): boolean {
    return this.#journal.begun;
  }

  isThere(): Promise<boolean> {
    return this.#files.exists(this.#places.journal);
  }

  isHeldByAnother(): Promise<boolean> {
    return isHeldByAnother(this.#files, this.#places.lock);
  }

  /** Brings back what the journal holds. `onDisk`: the file as it is now; null: it is gone. */
  async restore(onDisk: BaseFile | null): Promise<Restored> {
    const nothing = { base: onDisk as BaseFile, edited: null, steps: 0, conflict: null };
    if (this.#setting.workspace.sample) return { ...nothing, heldBy: null };
    const busy = await this.#take();
    if (busy !== null) return { ...nothing, heldBy: busy };
    const text = parseEdits(await this.#files.readText(this.#places.journal));
    if (text === null || (onDisk !== null && text.savings.includes(onDisk.sha256))) {
      // Nothing stands in it, or its save was done and only this was left to do.
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

  /** The journal goes on behind its last good line; what could not be made again is set aside. */
  async #continue(text: EditJournalText, made: readonly StepLine[]): Promise<void> {
    const lines: EditLine[] = [text.base, ...made];
    if (text.lost > 0 || made.length < text.steps.length) {
      await this.#files.writeAtomic(this.#places.damaged, await this.#files.readText(this.#places.journal));
    }
    await this.#journal.rewrite(lines);
  }

  /** The file as the edits began with it, by its copy, or what the journal knows of it. */
  async #copyOf({ base, ...text }: EditJournalText): Promise<BaseFile> {
    if ((await hashOnDisk(this.#files, this.#places.base)) === base.sha256) {
      return loadBase(this.#files, this.#compute, this.#places.base);
    }
    return new JournalBase(base, rowsOf({ base, ...text }), this.#known);
  }

  /** The same for a file that was changed under an open document. */
  async keptBase(base: BaseFile, saved: RowOrder): Promise<BaseFile> {
    if (base instanceof TableFile) return base;
    if (base instanceof IndexedFile && (await hashOnDisk(this.#files, this.#places.base)) === base.sha256) {
      return base.movedTo(this.#places.base, await fileRevision(this.#places.base));
    }
    return new JournalBase(base, saved, this.#known);
  }

  /** Puts a step into the journal, which is begun where there is none. */
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

  /** The journal anew with one step, over another file than before. Where it fails, what there was is still there. */
  async startOver(edit: RecordedEdit): Promise<void> {
    const { base, nextBase } = this.#places;
    const step = stepOf(edit, new Map());
    refuseBeyondRoom(step);
    await this.#takeOrRefuse();
    // The open document stands on the copy there is until the journal begins with the new one.
    const kept = await this.#keep(edit.base, nextBase);
    await this.#journal.rewrite([baseLine(edit), { seq: 2, ...step }]);
    if (kept) await this.#files.rename(nextBase, base);
    this.#known.clear();
    this.#learn(edit);
  }

  #learn({ cells }: RecordedEdit): void {
    for (const [id, some] of cells) if (!this.#known.has(id)) this.#known.set(id, some);
  }

  /** Where another process edits it, nothing is begun. */
  async #takeOrRefuse(): Promise<void> {
    const busy = await this.#take();
    if (busy !== null) refuseElsewhere(this.#setting.workspace, this.#file, busy);
  }

  /** Keeps the file as the edits begin with it. @returns false where it is too large for that */
  async #keep(base: BaseFile, place: string): Promise<boolean> {
    if (base.content !== null) await this.#files.writeAtomic(place, base.content);
    else if (base.bytes > fileSizes.copiedUpTo) return false;
    else {
      await this.#files.remove(place);
      await this.#files.copy(this.#file, place);
    }
    return true;
  }

  /** Says that bytes of this hash are about to take the file's place. */
  async saving(sha256: string): Promise<void> {
    if (this.#journal.begun) await this.#journal.append({ kind: "saving", sha256 });
  }

  /** Takes the journal away: its edits are in the file, or given up. */
  async forget(): Promise<void> {
    // The journal first: without it the copy means nothing, and not the other way round.
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

  /** Makes this process the one that edits; who else does, where it cannot. */
  async #take(): Promise<string | null> {
    if (this.#hold !== null) return null;
    const attempt = await tryHold(this.#files, this.#places.lock, "editing");
    if (attempt.kind === "busy") {
      const { pid, host } = attempt.holder.owner;
      return `Another Namewright (process ${pid} on ${host}) is editing this file. Save or close it there.`;
    }
    this.#hold = attempt;
    return null;
  }
}

/** The steps of a journal that can be made again, one after the other, up to the first that cannot. */
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
