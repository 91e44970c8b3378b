import path from "node:path";
import { isWhole } from "../../../../shared/domain/dataset/documentView.ts";
import type { DatasetDiff, DatasetStats } from "../../../../shared/schema/dataset.ts";
import type { DatasetDiversity } from "../../../../shared/schema/diversity.ts";
import type {
  DocumentCommand,
  DocumentConflict,
  DocumentFindings,
  DocumentRows,
  DocumentState,
  Edited,
  FoundCells,
  Neighbors,
  OpenedDocument,
  Resolution,
  RowId,
  View,
} from "../../../../shared/schema/document.ts";
import { onAbort } from "../../async/abort.ts";
import { isTestFile } from "../datasetList.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { OpenDocument } from "./openDocument.ts";
import { pageOfRows } from "./rowCells.ts";
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
  neighbours(request: { file: string; limit: number }): Promise<Neighbors>;
  stats(file: string): Promise<{ revision: number; stats: DatasetStats }>;
  diversity(file: string): Promise<{ revision: number; diversity: DatasetDiversity }>;
  diff(request: { file: string; before: string }): Promise<DatasetDiff>;
  /** Releases the edit locks. Journals stay for the next opening. */
  close(): Promise<void>;
}

interface Entry {
  readonly document: OpenDocument;
  readonly checks: Checks;
}

/** Yields the state of a document after each change, also by another program, until `signal` is aborted. */
async function* watchDocument(document: OpenDocument, signal?: AbortSignal) {
  // A restarted host hasn't read the document yet.
  await document.open();
  let wake = () => {};
  const unsubscribe = document.subscribe(() => wake());
  // Timers are monotonic, so a machine that slept checks as soon as it wakes.
  const timer = setInterval(() => void document.look().catch(() => {}), LOOK_MS);
  timer.unref();
  const forget = onAbort(signal, () => wake());
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
    forget();
  }
}

interface DocumentServiceDependencies extends DocumentDependencies {
  readonly lint: Lint;
  /** Returns the dataset that a test set is compared with. */
  readonly newestDataset: () => Promise<string | null>;
}

/** Returns the file that a file's rows are compared with, or null if there is none. */
async function comparedFile(
  { files, workspace, newestDataset }: DocumentServiceDependencies,
  file: string,
): Promise<string | null> {
  const other = isTestFile(path.basename(file)) ? await newestDataset() : workspace.paths.testSet;
  return other !== null && other !== file && (await files.exists(other)) ? other : null;
}

export function createDocumentService(setting: DocumentServiceDependencies): DocumentService {
  const entries = new Map<string, Entry>();

  function entryOf(given: string): Entry {
    const file = path.resolve(given);
    let entry = entries.get(file);
    if (entry === undefined) {
      const document = new OpenDocument(file, setting);
      entry = { document, checks: new Checks(document, setting.lint) };
      entries.set(file, entry);
    }
    return entry;
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
    watch: (file, signal) => watchDocument(entryOf(file).document, signal),
    async rows({ file, view, offset, limit }) {
      const { document, checks } = entryOf(file);
      const early = isWhole(view) ? document.fromPreview(offset, limit) : null;
      if (early !== null) return early;
      const shown = await checks.shown(view);
      return pageOfRows(await document.snapshot(), shown, offset, limit);
    },
    async find({ file, view, limit, ...search }) {
      const { document, checks } = entryOf(file);
      const shown = await checks.shown(view);
      const snapshot = await document.snapshot();
      return { revision: snapshot.revision, ...(await findCells(search, snapshot, shown, limit)) };
    },
    async locate({ file, view, row }) {
      const { document, checks } = entryOf(file);
      const shown = await checks.shown(view);
      const { rows } = await document.snapshot();
      const position = shown === null ? rows.order.positionOf(row) : shown.indexOf(row);
      return { position: position < 0 ? null : position };
    },
    edit({ file, baseRevision, command }) {
      const { document, checks } = entryOf(file);
      return document.edit(baseRevision, command, (view) => checks.shown(view));
    },
    save: ({ file, baseRevision }) => entryOf(file).document.save(baseRevision),
    discard: ({ file, baseRevision }) => entryOf(file).document.discard(baseRevision),
    conflict: (file) => entryOf(file).document.describeConflict(),
    async resolve({ file, resolution }) {
      const { document } = entryOf(file);
      const resolved = await document.resolve(resolution);
      if (resolved.file !== document.file && document.conflict !== null) entries.delete(document.file);
      const next = entryOf(resolved.file).document;
      await next.open();
      return { ...resolved, state: next.state() };
    },
    findings: async ({ file, ...request }) => pageOfFindings(await entryOf(file).checks.findings(), request),
    async neighbours({ file, limit }) {
      const { document, checks } = entryOf(file);
      return checks.neighbours(await comparedFile(setting, document.file), limit);
    },
    stats: (file) => entryOf(file).checks.stats(),
    diversity: (file) => entryOf(file).checks.diversity(),
    diff: ({ file, before }) => entryOf(file).checks.diff(path.resolve(before)),
    async close() {
      await Promise.all([...entries.values()].map(({ document }) => document.close().catch(() => {})));
    },
  };
}
