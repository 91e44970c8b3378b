import { evaluatedRows } from "../../../shared/domain/evaluation/evaluatedRow.ts";
import type { CorrectionFiles } from "../../../shared/schema/compute.ts";
import type { EvaluatedRow } from "../../../shared/schema/evaluationRows.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Workspace } from "../workspace/workspace.ts";
import {
  type CorrectedResults,
  correctionFiles,
  readCorrected,
  resultsFileOf,
  revisionOf,
} from "./correctedResults.ts";

/** A version's results, read and corrected once until any of their files changes. */
export interface OpenedResults extends CorrectedResults {
  readonly version: string;
  readonly file: string;
  /** SHA-256 of the results file. */
  readonly hash: string;
  /** Changes with the file and with every correction. */
  readonly revision: string;
  readonly from: CorrectionFiles;
  readonly rows: readonly EvaluatedRow[];
}

/** Opens results by version. Parses again only when the file, the overrides or the labels change. */
export function createResultsOpener(files: FileLayer, workspace: Workspace) {
  const kept = new Map<string, OpenedResults>();
  return async (version: string): Promise<OpenedResults> => {
    const file = await resultsFileOf(files, workspace, version);
    const from = await correctionFiles(files, workspace, version);
    const hash = sha256(await files.read(file));
    const revision = await revisionOf(files, hash, from);
    const before = kept.get(version);
    if (before?.revision === revision) return before;
    const corrected = await readCorrected(files, file, from);
    const rows = evaluatedRows(corrected.results, corrected.corrections);
    const opened: OpenedResults = { ...corrected, version, file, hash, revision, from, rows };
    kept.set(version, opened);
    return opened;
  };
}
export type OpenVersion = ReturnType<typeof createResultsOpener>;
