import path from "node:path";
import { isWhole } from "../../../../shared/domain/dataset/documentView.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { DatasetDiff, DatasetStats } from "../../../../shared/schema/dataset.ts";
import type {
  DocumentCommand,
  DocumentConflict,
  DocumentFindings,
  DocumentRow,
  DocumentRows,
  DocumentState,
  Edited,
  FoundCells,
  Neighbours,
  OpenedDocument,
  Resolution,
  RowId,
  View,
} from "../../../../shared/schema/document.ts";
import { isTestFile } from "../datasetList.ts";
import { describeConflict, resolveConflict } from "./conflict.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { OpenDocument } from "./openDocument.ts";
import { Checks, type Lint, pageOfFindings } from "./rowChecks.ts";
import { findCells } from "./rowView.ts";

/** How often the disk is checked while a document is watched, in milliseconds. */
const LOOK_MS = 1000;

/** Datasets that are open for editing. All methods throw `Failure` for expected errors, including `conflict`. */
export interface DocumentService {
  open(file: string): Promise<OpenedDocument>;
  watch(file: string, signal?: AbortSignal): AsyncGenerator<DocumentState>;
  rows(request: { file: string; view: View; offset: number; limit: number }): Promise<DocumentRows>;
  find(request: {
    file: string;
    view: View;
    find: string;
    matchCase: boolean;
    column: number | null;
    limit: number;
  }): Promise<FoundCells>;
  locate(request: { file: string; view: View; row: RowId }): Promise<{ position: number | null }>;
  edit(request: { file: string; baseRevision: number; command: DocumentCommand }): Promise<Edited>;
  save(request: { file: string; baseRevision: number }): Promise<DocumentState>;
  discard(request: { file: string; baseRevision: number }): Promise<DocumentState>;
  conflict(file: string): Promise<DocumentConflict>;
  resolve(request: {
    file: string;
    resolution: Resolution;
  }): Promise<{ file: string; state: DocumentState; leftOut: number }>;
  findings(request: {
    file: string;
    rule: string | null;
    offset: number;
    limit: number;
  }): Promise<DocumentFindings>;
  neighbours(request: { file: string; limit: number }): Promise<Neighbours>;
  stats(file: string): Promise<{ revision: number; stats: DatasetStats }>;
  diff(request: { file: string; before: string }): Promise<DatasetDiff>;
  /** Releases the edit locks. Journals stay for the next opening. */
  close(): Promise<void>;
}

interface Entry {
  readonly document: OpenDocument;
  readonly checks: Checks;
}

/** `newestDataset` returns the dataset that a test set is compared with. */
export function createDocumentService(
  setting: DocumentDependencies & {
    readonly lint: Lint;
    readonly newestDataset: () => Promise<string | null>;
  },
): DocumentService {
  const { files, workspace, lint, newestDataset } = setting;
  const entries = new Map<string, Entry>();

  function entryOf(given: string): Entry {
    const file = path.resolve(given);
    let entry = entries.get(file);
    if (entry === undefined) {
      const document = new OpenDocument(file, setting);
      entry = { document, checks: new Checks(document, lint) };
      entries.set(file, entry);
    }
    return entry;
  }
  const shownIn = ({ document, checks }: Entry) => {
    return (view: View) => document.shown(view, (rule) => checks.rowsWith(rule));
  };

  async function rows({ file, view, offset, limit }: Parameters<DocumentService["rows"]>[0]) {
    const entry = entryOf(file);
    if (isWhole(view)) {
      const early = entry.document.fromPreview(offset, limit);
      if (early !== null) return early;
    }
    const shown = await shownIn(entry)(view);
    const { base, rows: edited, revision } = await entry.document.snapshot();
    const ids = shown === null ? edited.order.slice(offset, limit) : shown.slice(offset, offset + limit);
    const there = ids.filter((id) => edited.saved.has(id));
    const inFile = await base.read(there.map((id) => edited.saved.positionOf(id)));
    const rowOf = (id: RowId): DocumentRow => {
      const saved = inFile.get(edited.saved.positionOf(id));
      const own = edited.cells.get(id);
      const status = !edited.saved.has(id) ? "added" : own === undefined ? "same" : "changed";
      const cells = [...(own ?? saved?.cells ?? [])];
      const cut = saved?.cut.length ? { cut: [...saved.cut] } : {};
      return { id, row: edited.order.positionOf(id) + 1, cells, status, ...cut };
    };
    return {
      revision,
      total: shown === null ? edited.order.length : shown.length,
      exact: true,
      offset,
      rows: ids.map(rowOf),
    };
  }

  async function* watch(file: string, signal?: AbortSignal) {
    const { document } = entryOf(file);
    // A restarted host hasn't read the document yet.
    await document.open();
    let wake = () => {};
    const unsubscribe = document.subscribe(() => wake());
    // Timers are monotonic, so a machine that slept checks as soon as it wakes.
    const timer = setInterval(() => void document.look().catch(() => {}), LOOK_MS);
    timer.unref();
    const stop = () => wake();
    signal?.addEventListener("abort", stop);
    try {
      for (let seen = -1; signal?.aborted !== true; ) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const state = document.state();
        if (state.revision !== seen) {
          seen = state.revision;
          yield state;
        } else await changed;
      }
    } finally {
      clearInterval(timer);
      unsubscribe();
      signal?.removeEventListener("abort", stop);
    }
  }

  async function against(file: string): Promise<string | null> {
    const other = isTestFile(path.basename(file)) ? await newestDataset() : workspace.paths.testSet;
    return other !== null && other !== file && (await files.exists(other)) ? other : null;
  }

  return {
    async open(file) {
      const { document } = entryOf(file);
      try {
        return await document.open();
      } catch (error) {
        entries.delete(document.file);
        throw error;
      }
    },
    watch,
    rows,
    async find({ file, view, limit, ...search }) {
      const entry = entryOf(file);
      const shown = await shownIn(entry)(view);
      const snapshot = await entry.document.snapshot();
      return { revision: snapshot.revision, ...(await findCells(search, snapshot, shown, limit)) };
    },
    async locate({ file, view, row }) {
      const entry = entryOf(file);
      const shown = await shownIn(entry)(view);
      const { rows: edited } = await entry.document.snapshot();
      const position = shown === null ? edited.order.positionOf(row) : shown.indexOf(row);
      return { position: position < 0 ? null : position };
    },
    edit({ file, baseRevision, command }) {
      const entry = entryOf(file);
      return entry.document.edit(baseRevision, command, shownIn(entry));
    },
    save: ({ file, baseRevision }) => entryOf(file).document.save(baseRevision),
    discard: ({ file, baseRevision }) => entryOf(file).document.discard(baseRevision),
    conflict: async (file) => {
      const { document } = entryOf(file);
      await document.snapshot();
      return describeConflict(document);
    },
    async resolve({ file, resolution }) {
      const { document } = entryOf(file);
      const resolved = await resolveConflict(document, resolution);
      if (resolved.file !== document.file && document.conflict !== null) entries.delete(document.file);
      const next = entryOf(resolved.file).document;
      await next.open();
      return { ...resolved, state: next.state() };
    },
    findings: async ({ file, ...request }) => pageOfFindings(await entryOf(file).checks.findings(), request),
    async neighbours({ file, limit }) {
      const { document, checks } = entryOf(file);
      return checks.neighbours(await against(document.file), limit);
    },
    stats: (file) => entryOf(file).checks.stats(),
    diff: ({ file, before }) => {
      if (path.resolve(file) === path.resolve(before))
        throw new Failure("bad-value", "a dataset can't be compared with itself", {
          hint: "Choose another version.",
        });
      return entryOf(file).checks.diff(path.resolve(before));
    },
    async close() {
      await Promise.all([...entries.values()].map(({ document }) => document.close().catch(() => {})));
    },
  };
}
