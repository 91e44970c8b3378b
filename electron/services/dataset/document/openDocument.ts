import path from "node:path";
import { isDirty, rowsTouched } from "../../../../shared/domain/dataset/document.ts";
import { extentOf } from "../../../../shared/domain/dataset/documentCommands.ts";
import {
  type EditStep,
  makeStep,
  nextStep,
  type StepKind,
} from "../../../../shared/domain/dataset/documentHistory.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type {
  DocumentCommand,
  DocumentRows,
  DocumentState,
  Edited,
  OpenedDocument,
  RowId,
  View,
} from "../../../../shared/schema/document.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import { type BaseFile, cellsInFile, TableFile } from "./baseFile.ts";
import { planned, refuseUnwritable } from "./commandPlan.ts";
import type { Conflict } from "./conflictState.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import {
  contentState,
  formatOf,
  fresh,
  type Head,
  hashOnDisk,
  type Loaded,
  loadBase,
  loadHead,
  rowsOfHead,
  stampOf,
} from "./documentLoader.ts";
import { saveOver } from "./documentSaver.ts";
import { DocumentStore, type Restored } from "./documentStore.ts";
import { changedUnderEdits, refuseElsewhere, refuseStale, whyReadOnly } from "./refusals.ts";
import { cellsAsEdited, cellsToChange } from "./rowCells.ts";
import { type Snapshot, Views } from "./rowView.ts";

/** Rows named in the answer to a command. */
const TOUCHED_ROWS = 100;

/** One file that is open for editing, for all who show it: edits come one after the other, each in the journal first. */
export class OpenDocument {
  readonly file: string;
  readonly setting: DocumentDependencies;
  readonly #views = new Views();
  readonly #listeners = new Set<() => void>();
  readonly #store: DocumentStore;
  #head: Head | null = null;
  #loading: Promise<void> | null = null;
  #loaded: Loaded | null = null;
  #stamp = "";
  #revision: number;
  #loads = 0;
  #recovered = 0;
  /** Who else edited it when it was loaded, in words. */
  #heldBy: string | null = null;
  #conflict: Conflict | null = null;
  /** The revision whose rows are still the ones there are, when only a conflict came or went since. */
  #beforeConflict: number | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #looking: Promise<void> | null = null;

  constructor(file: string, setting: DocumentDependencies) {
    this.file = file;
    this.setting = setting;
    this.#store = new DocumentStore(file, setting);
    // Not from 0: an interface that was cut off must not take the revision of another life for its own.
    this.#revision = setting.now().getTime();
  }

  /** Reads the file, of a large one the beginning; the rest follows by itself. */
  async open(): Promise<OpenedDocument> {
    if (this.#loading === null) {
      this.#loading = this.#start();
      // Who waits for the rows hears of it; nobody else must.
      this.#loading.catch(() => {});
    } else if (this.#loaded !== null) await this.look();
    if (this.#loaded === null) await this.#firstRows();
    return this.#described();
  }

  async #firstRows(): Promise<void> {
    const size = await this.setting.files.size(this.file).catch(() => 0);
    if (size < fileSizes.indexedFrom || (await this.#store.isThere())) return this.#loading ?? undefined;
    this.#head ??= await loadHead(this.file);
    if (this.#head === null) await this.#loading;
  }

  async #start(): Promise<void> {
    try {
      const { files, compute } = this.setting;
      this.#stamp = await stampOf(this.file);
      const there = await this.#store.isThere();
      const gone = there && !(await files.exists(this.file));
      const onDisk = gone ? null : await loadBase(files, compute, this.file);
      this.#take(there ? await this.#store.restore(onDisk) : null, onDisk);
    } catch (error) {
      this.#loading = null;
      throw error;
    }
    this.#changed();
  }

  #take(restored: Restored | null, onDisk: BaseFile | null): void {
    this.#heldBy = restored?.heldBy ?? null;
    if (restored !== null && restored.edited !== null) {
      this.#loaded = { base: restored.base, edited: restored.edited };
      this.#recovered = restored.steps;
      this.#conflict = restored.conflict;
      return;
    }
    if (onDisk === null) throw new Failure("missing", `${this.file} was not found`, { file: this.file });
    // What the head said of the file may have been wrong: then nothing that was shown of it counts.
    const head = this.#head?.large;
    if (head !== undefined && (head.encoding !== onDisk.encoding || head.bom !== onDisk.bom))
      this.#loads += 1;
    this.#loaded = fresh(onDisk);
  }

  #described(): OpenedDocument {
    const of = this.#loaded?.base ?? this.#head;
    if (of === null || of === undefined) throw new Error("the document was not read");
    return {
      file: this.file,
      name: path.basename(this.file),
      ...formatOf(of),
      readOnly: whyReadOnly(this.file, this.setting.workspace, this.#heldBy),
      recovered: this.#recovered,
      state: this.state(),
    };
  }

  state(): DocumentState {
    const conflict = this.#conflict !== null;
    return {
      revision: this.#revision,
      loads: this.#loads,
      conflict,
      ...contentState(this.#loaded, this.#head),
    };
  }

  get conflict(): Conflict | null {
    return this.#conflict;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The document as it is, when all of it was read. */
  async snapshot(): Promise<Snapshot & { loads: number; revision: number }> {
    if (this.#loaded === null) {
      this.#loading ??= this.#start();
      await this.#loading;
    }
    const { base, edited } = this.#now();
    return { base, rows: edited.rows, loads: this.#loads, revision: this.#revision };
  }

  #now(): Loaded {
    if (this.#loaded === null) throw new Error("the document was not read yet");
    return this.#loaded;
  }

  /** The rows of a view, null for all. `rowsWithFinding`: those that a rule has something to say of. */
  async shown(
    view: View,
    rowsWithFinding: (rule: string) => Promise<ReadonlySet<RowId>>,
  ): Promise<readonly RowId[] | null> {
    return this.#views.idsOf(view, await this.snapshot(), rowsWithFinding);
  }

  /** The first rows of a large file while it is still being looked through; null where that is not enough. */
  fromHead(offset: number, limit: number): DocumentRows | null {
    if (this.#loaded !== null || this.#head === null) return null;
    return rowsOfHead(this.#head, this.#revision, offset, limit);
  }

  edit(
    baseRevision: number,
    command: DocumentCommand,
    shown: (view: View) => Promise<readonly RowId[] | null>,
  ) {
    return this.queued(async (): Promise<Edited> => {
      this.assertEditable(baseRevision);
      const { step, kind } = await this.#planned(command, shown);
      if (step !== null && step.changes.length > 0) await this.make(kind, step);
      const done = step ?? { label: "Nothing", changes: [] };
      const touched = [...new Set(done.changes.flatMap((one) => (one.kind === "remove" ? [] : [one.row])))];
      return {
        state: this.state(),
        label: done.label,
        ...extentOf(done),
        touched: touched.slice(0, TOUCHED_ROWS),
      };
    });
  }

  async #planned(
    command: DocumentCommand,
    shown: (view: View) => Promise<readonly RowId[] | null>,
  ): Promise<{ kind: StepKind; step: EditStep | null }> {
    const { base, edited } = this.#now();
    if (command.kind === "undo" || command.kind === "redo") {
      return { kind: command.kind, step: nextStep(edited, command.kind) };
    }
    const snapshot = { base, rows: edited.rows };
    const cells = (rows: readonly RowId[]) => cellsAsEdited(this.file, snapshot, rows);
    const step = await planned({ file: this.file, snapshot, cells, shown }, command);
    refuseUnwritable(step, base, this.file);
    return { kind: "do", step };
  }

  /** Makes a step: into the journal, then here. For those in the queue. */
  async make(kind: StepKind, step: EditStep): Promise<void> {
    const { base, edited } = this.#now();
    const touched = rowsTouched(edited.rows, step.changes);
    const cells = await cellsToChange(this.file, { base, rows: edited.rows }, step, touched);
    const next = makeStep(edited, kind, step, cells);
    await this.#store.record({ base, saved: edited.rows.saved, kind, step, cells });
    this.#loaded = { base, edited: next };
    this.#changed();
  }

  /** Writes the document over its file. */
  save(baseRevision: number): Promise<DocumentState> {
    return this.queued(async () => {
      // The file may be back: a folder that was moved, or a disk that was not there.
      if (this.#conflict !== null) await this.#checkDisk();
      this.assertEditable(baseRevision);
      await this.#checkDisk();
      this.assertEditable(this.#revision);
      const { base, edited } = this.#now();
      if (!isDirty(edited.rows)) return this.state();
      const saved = await saveOver(this.file, this.setting, this.#store, { base, rows: edited.rows });
      this.#stamp = await stampOf(this.file);
      this.#loaded = { base: saved.base, edited: { ...edited, rows: saved.rows } };
      this.#changed();
      if (saved.failure !== null) throw saved.failure;
      return this.state();
    });
  }

  discard(baseRevision: number): Promise<DocumentState> {
    return this.queued(async () => {
      this.assertEditable(baseRevision);
      await this.#store.forget();
      await this.reload();
      return this.state();
    });
  }

  /** Reads the file anew and forgets what was done to it. For those in the queue. */
  async reload(): Promise<void> {
    const { files, compute } = this.setting;
    this.#stamp = await stampOf(this.file);
    this.#loaded = fresh(await loadBase(files, compute, this.file));
    this.#conflict = null;
    this.#loads += 1;
    this.#changed();
  }

  /** Puts one step on the file as it is on disk in the place of all edits; on disk at once. For those in the queue. */
  async startOver(base: BaseFile, step: EditStep): Promise<void> {
    const { edited } = fresh(base);
    const touched = rowsTouched(edited.rows, step.changes);
    const cells = await cellsInFile(base, edited.rows.saved, touched);
    const next = makeStep(edited, "do", step, cells);
    await this.#store.startOver({ base, saved: edited.rows.saved, kind: "do", step, cells });
    this.#stamp = await stampOf(this.file);
    this.#loaded = { base, edited: next };
    this.#conflict = null;
    this.#loads += 1;
    this.#changed();
  }

  /** Gives the edits up, or what is left of them, and their journal with them. For those in the queue. */
  forgetEdits(): Promise<void> {
    return this.#store.forget();
  }

  /**
   * Looks whether the file on disk is still the one that is shown. Where nothing was edited the new one is shown; else
   * both sides are kept until a person decides.
   */
  look(): Promise<void> {
    // In the queue: a save that is going on is no change by something else.
    this.#looking ??= this.queued(() => this.#checkDisk()).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #checkDisk(): Promise<void> {
    if (this.#loaded === null) return;
    if (this.#heldBy !== null && !(await this.#store.isHeldByAnother())) {
      // Saved there, or left with edits that are gone on with here.
      this.#loads += 1;
      return this.#start();
    }
    const stamp = await stampOf(this.file);
    if (stamp === this.#stamp) return;
    const { base, edited } = this.#loaded;
    const onDisk = await hashOnDisk(this.setting.files, this.file);
    if (onDisk === base.sha256) {
      this.#stamp = stamp;
      if (this.#conflict !== null) await this.#endConflict(base.sha256);
      return;
    }
    if (this.#conflict === null && !isDirty(edited.rows)) {
      if (onDisk === null) return;
      // Edits that were undone have a journal too: what is edited next must not go on behind it.
      if (this.#store.begun) await this.#store.forget();
      await this.reload();
      return;
    }
    this.#stamp = stamp;
    if (this.#conflict === null) {
      this.#loaded = { base: await this.#store.keptBase(base, edited.rows.saved), edited };
      this.#beforeConflict ??= this.#revision;
    }
    this.#conflict = { gone: onDisk === null };
    this.#told();
  }

  /** The file is again the one that the edits are over: they are saved as if nothing had happened. */
  async #endConflict(sha256: string): Promise<void> {
    const { base, edited } = this.#now();
    const { files, compute } = this.setting;
    const read = base instanceof TableFile ? base : await loadBase(files, compute, this.file);
    if (read.sha256 !== sha256) return;
    this.#loaded = { base: read, edited };
    this.#conflict = null;
    this.#told();
  }

  assertEditable(baseRevision: number): void {
    const readOnly = whyReadOnly(this.file, this.setting.workspace, this.#heldBy);
    if (readOnly !== null) refuseElsewhere(this.setting.workspace, this.file, readOnly);
    if (this.#conflict !== null) {
      throw changedUnderEdits(this.file);
    }
    if (baseRevision !== this.#beforeConflict) refuseStale(this.file, baseRevision, this.#revision);
  }

  /** One after the other, in the order of the calls. */
  queued<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(async () => {
      await this.snapshot();
      return work();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Calls back after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Lets other processes edit it; its journal stays. */
  async close(): Promise<void> {
    await this.#last;
    await this.#store.release();
  }

  #changed(): void {
    this.#beforeConflict = null;
    this.#told();
  }

  #told(): void {
    this.#revision += 1;
    // Saved, given up or undone: what is edited from now on is not of last time.
    if (this.#loaded !== null && !isDirty(this.#loaded.edited.rows)) this.#recovered = 0;
    for (const listener of this.#listeners) listener();
  }
}
