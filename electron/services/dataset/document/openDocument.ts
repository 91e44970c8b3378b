import path from "node:path";
import { isDirty, rowsTouched } from "../../../../shared/domain/dataset/document.ts";
import {
  type EditStep,
  makeStep,
  nextStep,
  type StepKind,
} from "../../../../shared/domain/dataset/documentHistory.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type {
  DocumentCommand,
  DocumentConflict,
  DocumentRows,
  DocumentState,
  Edited,
  OpenedDocument,
  Resolution,
  RowId,
  View,
} from "../../../../shared/schema/document.ts";
import { SerialQueue } from "../../async/serialQueue.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import { type BaseFile, cellsInFile, TableFile } from "./baseFile.ts";
import { describeStep, planned, refuseUnwritable } from "./commandPlan.ts";
import { describeConflict, noConflict, rebase, saveAs } from "./conflict.ts";
import type { Conflict } from "./conflictState.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import {
  contentState,
  formatOf,
  fresh,
  hashOnDisk,
  type Loaded,
  loadBase,
  loadPreview,
  type Preview,
  rowsOfPreview,
  stampOf,
} from "./documentLoader.ts";
import { saveOver } from "./documentSaver.ts";
import { DocumentStore, type Restored } from "./documentStore.ts";
import { changedUnderEdits, fileGone, refuseElsewhere, whyReadOnly } from "./refusals.ts";
import { Revision } from "./revision.ts";
import { cellsAsEdited, cellsToChange } from "./rowCells.ts";
import { type Snapshot, Views } from "./rowView.ts";

/** One file that is open for editing, shared by all its viewers. Edits are serialized and journaled first. */
export class OpenDocument {
  readonly file: string;
  readonly setting: DocumentDependencies;
  readonly #views = new Views();
  readonly #store: DocumentStore;
  #preview: Preview | null = null;
  #loading: Promise<void> | null = null;
  #loaded: Loaded | null = null;
  #stamp = "";
  readonly #revision: Revision;
  #loads = 0;
  #recovered = 0;
  /** A message that names the process that edited it when it was loaded, or null. */
  #heldBy: string | null = null;
  #conflict: Conflict | null = null;
  readonly #queue = new SerialQueue();
  #looking: Promise<void> | null = null;

  constructor(file: string, setting: DocumentDependencies) {
    this.file = file;
    this.setting = setting;
    this.#store = new DocumentStore(file, setting);
    // Not from 0: a disconnected UI must not mistake a revision of another process for its own.
    this.#revision = new Revision(setting.now().getTime());
  }

  /** Reads the file. Of a large file it reads the beginning and loads the rest in the background. */
  async open(): Promise<OpenedDocument> {
    if (this.#loading === null) {
      this.#loading = this.#start();
      // Callers that need the rows await the failure; others must not crash on it.
      this.#loading.catch(() => {});
    } else if (this.#loaded !== null) await this.look();
    if (this.#loaded === null) await this.#firstRows();
    return this.#described();
  }

  async #firstRows(): Promise<void> {
    const size = await this.setting.files.size(this.file).catch(() => 0);
    if (size < fileSizes.indexedFrom || (await this.#store.isThere())) return this.#loading ?? undefined;
    this.#preview ??= await loadPreview(this.file);
    if (this.#preview === null) await this.#loading;
  }

  async #start(): Promise<void> {
    try {
      this.#stamp = await stampOf(this.file);
      const there = await this.#store.isThere();
      const gone = there && !(await this.setting.files.exists(this.file));
      const onDisk = gone ? null : await loadBase(this.setting, this.file);
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
    // The preview's guess of the encoding may have been wrong, which invalidates the rows shown so far.
    const preview = this.#preview?.large;
    if (preview !== undefined && (preview.encoding !== onDisk.encoding || preview.bom !== onDisk.bom))
      this.#loads += 1;
    this.#loaded = fresh(onDisk);
  }

  #described(): OpenedDocument {
    const of = this.#loaded?.base ?? this.#preview;
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
      revision: this.#revision.number,
      loads: this.#loads,
      conflict,
      ...contentState(this.#loaded, this.#preview),
    };
  }

  get conflict(): Conflict | null {
    return this.#conflict;
  }

  /** Returns the current document after all of it was read. */
  async snapshot(): Promise<Snapshot & { loads: number; revision: number }> {
    if (this.#loaded === null) {
      this.#loading ??= this.#start();
      await this.#loading;
    }
    const { base, edited } = this.#now();
    return { base, rows: edited.rows, loads: this.#loads, revision: this.#revision.number };
  }

  #now(): Loaded {
    if (this.#loaded === null) throw new Error("the document was not read yet");
    return this.#loaded;
  }

  /** Returns the rows of a view, or null for all. `rowsWithFinding` returns the rows with a finding of a rule. */
  async shown(
    view: View,
    rowsWithFinding: (rule: string) => Promise<ReadonlySet<RowId>>,
  ): Promise<readonly RowId[] | null> {
    return this.#views.idsOf(view, await this.snapshot(), rowsWithFinding);
  }

  /** Returns the first rows of a large file while it is loading, or null if they aren't enough. */
  fromPreview(offset: number, limit: number): DocumentRows | null {
    if (this.#loaded !== null || this.#preview === null) return null;
    return rowsOfPreview(this.#preview, this.#revision.number, offset, limit);
  }

  edit(
    baseRevision: number,
    command: DocumentCommand,
    shown: (view: View) => Promise<readonly RowId[] | null>,
  ) {
    return this.queued(async (): Promise<Edited> => {
      this.#assertEditable(baseRevision);
      const { step, kind } = await this.#planned(command, shown);
      if (step !== null && step.changes.length > 0) await this.#make(kind, step);
      return { state: this.state(), ...describeStep(step ?? { label: "Nothing", changes: [] }) };
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

  /** Applies a step, in the journal first. */
  async #make(kind: StepKind, step: EditStep): Promise<void> {
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
      // The file may be available again, for example after its disk was reconnected.
      if (this.#conflict !== null) await this.#checkDisk();
      this.#assertEditable(baseRevision);
      await this.#checkDisk();
      this.#assertEditable(this.#revision.number);
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
      this.#assertEditable(baseRevision);
      await this.#dropEdits();
      return this.state();
    });
  }

  /** Describes both sides of a conflict. Throws `Failure` `bad-value` when there is none. */
  async describeConflict(): Promise<DocumentConflict> {
    const mine = await this.snapshot();
    return describeConflict(this.setting, this.file, this.#conflict, mine);
  }

  /** Resolves a conflict and counts the omitted edits. Never overwrites the version on disk. */
  resolve(resolution: Resolution): Promise<{ file: string; leftOut: number }> {
    return this.queued(async () => {
      if (this.#conflict === null) throw noConflict(this.file);
      const mine = await this.snapshot();
      if (resolution.kind === "save-as") {
        const file = await saveAs(this.setting, this.file, mine, resolution.name);
        await this.#store.forget();
        if (await this.setting.files.exists(this.file)) await this.#reload();
        return { file, leftOut: 0 };
      }
      if (!(await this.setting.files.exists(this.file))) throw fileGone(this.file);
      if (resolution.kind === "take-theirs") {
        await this.#dropEdits();
        return { file: this.file, leftOut: 0 };
      }
      const { theirs, step, leftOut } = await rebase(this.setting, this.file, mine);
      if (step.changes.length > 0) await this.#startOver(theirs, step);
      else await this.#dropEdits();
      return { file: this.file, leftOut };
    });
  }

  async #dropEdits(): Promise<void> {
    await this.#store.forget();
    await this.#reload();
  }

  /** Reads the file again and drops the edits in memory. */
  async #reload(): Promise<void> {
    this.#stamp = await stampOf(this.file);
    this.#replace(fresh(await loadBase(this.setting, this.file)));
  }

  #replace(loaded: Loaded): void {
    this.#loaded = loaded;
    this.#conflict = null;
    this.#loads += 1;
    this.#changed();
  }

  /** Replaces all edits by one step on the current file, also in the journal. */
  async #startOver(base: BaseFile, step: EditStep): Promise<void> {
    const { edited } = fresh(base);
    const touched = rowsTouched(edited.rows, step.changes);
    const cells = await cellsInFile(base, edited.rows.saved, touched);
    const next = makeStep(edited, "do", step, cells);
    await this.#store.startOver({ base, saved: edited.rows.saved, kind: "do", step, cells });
    this.#stamp = await stampOf(this.file);
    this.#replace({ base, edited: next });
  }

  /**
   * Checks whether the file on disk is still the one that is shown. Without edits, the new file is shown. Otherwise both
   * versions are kept until the user decides.
   */
  look(): Promise<void> {
    // In the queue, because a running save is not a change by another program.
    this.#looking ??= this.queued(() => this.#checkDisk()).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #checkDisk(): Promise<void> {
    if (this.#loaded === null) return;
    if (this.#heldBy !== null && !(await this.#store.isHeldByAnother())) {
      // The other process saved the file, or left edits that continue here.
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
      // Undone edits have a journal too, and new edits must not follow it.
      if (this.#store.begun) await this.#store.forget();
      await this.#reload();
      return;
    }
    this.#stamp = stamp;
    if (this.#conflict !== null) {
      this.#conflict = { gone: onDisk === null };
      this.#revision.conflictChanged();
      return;
    }
    this.#loaded = { base: await this.#store.keptBase(base, edited.rows.saved), edited };
    this.#conflict = { gone: onDisk === null };
    this.#revision.conflictStarted();
  }

  /** Ends a conflict because the file on disk is the original one again. */
  async #endConflict(sha256: string): Promise<void> {
    const { base, edited } = this.#now();
    const read = base instanceof TableFile ? base : await loadBase(this.setting, this.file);
    if (read.sha256 !== sha256) return;
    this.#loaded = { base: read, edited };
    this.#conflict = null;
    this.#revision.conflictChanged();
  }

  #assertEditable(baseRevision: number): void {
    const readOnly = whyReadOnly(this.file, this.setting.workspace, this.#heldBy);
    if (readOnly !== null) refuseElsewhere(this.setting.workspace, this.file, readOnly);
    if (this.#conflict !== null) throw changedUnderEdits(this.file);
    this.#revision.refuseStale(this.file, baseRevision);
  }

  /** Runs work one at a time, in the order of the calls. */
  queued<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#queue.run(async () => {
      await this.snapshot();
      return work();
    });
  }

  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#revision.subscribe(listener);
  }

  /** Releases the edit lock. The journal stays. */
  async close(): Promise<void> {
    await this.#queue.settled();
    await this.#store.release();
  }

  #changed(): void {
    // The recovered edits were saved, discarded or undone; later edits are new.
    if (this.#loaded !== null && !isDirty(this.#loaded.edited.rows)) this.#recovered = 0;
    this.#revision.rowsChanged();
  }
}
