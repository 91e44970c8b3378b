import path from "node:path";
import type {
  DatasetDiff,
  DatasetStats,
  FixReport,
  ImportReport,
  LintReport,
  SpreadsheetReport,
} from "../../../shared/schema/dataset.ts";
import type { DatasetDiversity } from "../../../shared/schema/diversity.ts";
import type { Inspection, ListedFile } from "../../../shared/schema/document.ts";
import type { Compute } from "../compute/compute.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isWithin } from "../files/guardedPrimitives.ts";
import { refuseOwnFolder } from "../files/ownFolder.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import { listData } from "./datasetList.ts";
import { createDocumentService, type DocumentService } from "./document/documentService.ts";
import { type ImportRequest, importFile } from "./importer.ts";
import { inspectFile } from "./inspection.ts";
import { fixFile } from "./repair.ts";
import { type RowTokens, withLongRows } from "./rowTokens.ts";
import { exportSpreadsheet } from "./spreadsheet.ts";
import { type NewRow, type NextVersion, nextVersion, writeVersion } from "./versions.ts";

/** The dependencies of the dataset service. */
export interface DatasetDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  /** The token limits of the workspace's base; without them, long rows aren't reported. */
  readonly rowTokens?: () => Promise<RowTokens | null>;
  /** Namewright's own data folder, which refuses exports. */
  readonly userData?: string;
  /** The wall clock, for provenance. */
  readonly now?: () => Date;
}

/** Operations on datasets and test sets. All throw `Failure` for expected errors. */
export interface DatasetService {
  lint(request: { files: string[]; against: string[] }, signal?: AbortSignal): Promise<LintReport>;
  stats(file: string, signal?: AbortSignal): Promise<DatasetStats>;
  /** Measures how varied the rows of a file are. */
  diversity(file: string, signal?: AbortSignal): Promise<DatasetDiversity>;
  diff(before: string, after: string): Promise<DatasetDiff>;
  importFile(request: ImportRequest): Promise<ImportReport>;
  fix(file: string): Promise<FixReport>;
  /** Writes a copy for Excel with formulas neutralised. Overwrites nothing. */
  exportSpreadsheet(request: { file: string; out: string }): Promise<SpreadsheetReport>;
  /** Returns the CSV files in the workspace's `data/`. */
  list(): Promise<ListedFile[]>;
  /** Inspects an external file before its import. */
  inspect(file: string): Promise<Inspection>;
  /** Datasets that are open for editing. */
  readonly documents: DocumentService;
  /** Releases the edit locks. */
  close(): Promise<void>;
  nextVersion(): Promise<NextVersion>;
  /**
   * Writes the previous version byte for byte, the new rows after it, and their provenance in a second file.
   * `previousHash` is the sha256 of the previous file that the rows were made for; a different file is a conflict.
   */
  writeVersion(
    next: NextVersion,
    rows: readonly NewRow[],
    previousHash?: string,
  ): Promise<{ file: string; provenance: string; rows: number }>;
}

/** Creates the dataset service of a workspace. Paths are used as given. */
export function createDatasetService({
  files,
  workspace,
  compute,
  rowTokens,
  userData,
  now,
}: DatasetDependencies): DatasetService {
  const clock = now ?? (() => new Date());
  /** Adds findings about rows that are too long for the workspace's base. */
  async function withTokens(report: LintReport): Promise<LintReport> {
    const tokens = (await rowTokens?.()) ?? null;
    if (tokens === null) return report;
    const linted: LintReport["files"] = [];
    for (const one of report.files) {
      // A streamed file is too large for training anyway.
      const large = (await sizeOfSource(files, one.file)) >= fileSizes.streamedFrom;
      linted.push(large ? one : await withLongRows(one, (await readSource(files, one.file)).bytes, tokens));
    }
    return { ...report, files: linted };
  }
  const lint: DatasetService["lint"] = async (request, signal) =>
    withTokens((await compute.ask({ kind: "lint", ...request }, signal)).report);
  const documents = createDocumentService({
    files,
    workspace,
    compute,
    now: clock,
    lint,
    newestDataset: async () => (await nextVersion(files, workspace)).previous?.file ?? null,
  });
  return {
    documents,
    lint,
    list: () => {
      compute.warm();
      return listData(files, workspace);
    },
    inspect: (file) => inspectFile(files, file),
    close: () => documents.close(),
    stats: async (file, signal) => (await compute.ask({ kind: "stats", file }, signal)).stats,
    diversity: async (file, signal) => (await compute.ask({ kind: "diversity", file }, signal)).diversity,
    diff: async (before, after) => (await compute.ask({ kind: "diff", before, after })).diff,
    importFile: (request) => importFile(files, workspace, request, clock()),
    fix: async (file) => {
      // Any file of the user can be fixed, but never the sample's.
      if (!isWithin(workspace.folder, path.resolve(file))) return fixFile(files, file);
      assertWritable(workspace);
      return workspace.writing(`fix ${path.basename(file)}`, () => fixFile(files, file));
    },
    async exportSpreadsheet(request) {
      if (userData !== undefined) await refuseOwnFolder(userData, request.out);
      return exportSpreadsheet(files, request);
    },
    nextVersion: () => nextVersion(files, workspace),
    writeVersion: (next, rows, previousHash) =>
      writeVersion(files, workspace, next, rows, { now: clock(), previousHash }),
  };
}
