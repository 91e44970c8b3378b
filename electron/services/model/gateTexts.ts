import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Descriptions on which two models are compared. */
export interface GateTexts {
  /** `train`: rows of the version's dataset. `validation`: dev rows of the test set. */
  readonly source: "train" | "validation";
  readonly descriptions: readonly string[];
}

/**
 * Returns at most `count` descriptions to compare a version's models on: of its own dataset, otherwise dev rows of the
 * test set. Never held-out rows.
 */
export async function gateTexts(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  count: number,
): Promise<GateTexts> {
  const dataset = workspace.paths.dataset(version);
  if (await files.exists(dataset)) {
    const rows = datasetRows(await files.read(dataset), dataset).slice(-count);
    return { source: "train", descriptions: rows.map(({ description }) => description) };
  }
  const { testSet } = workspace.paths;
  if (!(await files.exists(testSet))) return { source: "validation", descriptions: [] };
  const { rows } = requireTestSet(await files.read(testSet), testSet);
  const dev = rows.filter(({ split }) => split === "dev").slice(-count);
  return { source: "validation", descriptions: dev.map(({ description }) => description) };
}
