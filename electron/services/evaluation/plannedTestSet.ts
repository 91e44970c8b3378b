import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import type { EvaluationPlan } from "../../../shared/schema/evaluationPlan.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { testSetBytes } from "./evaluationInputs.ts";
import { type LabelledRow, withCurrentLabels } from "./labelledRows.ts";

export interface PlannedTestSet {
  readonly described: NonNullable<EvaluationPlan["testSet"]>;
  readonly rows: readonly LabelledRow[];
  readonly unlabelled: number;
}

/** Reads the test set with its current labels. @throws Failure when it is missing or invalid. */
export async function planTestSet(
  { files, workspace }: Pick<EvaluationDependencies, "files" | "workspace">,
  emptyMeansRefuse: boolean,
): Promise<PlannedTestSet> {
  const file = workspace.paths.testSet;
  const bytes = await testSetBytes(files, workspace);
  const { rows, hasSplitColumn } = requireTestSet(bytes, file, { emptyMeansRefuse });
  const labelled = await withCurrentLabels(files, workspace, "base", rows);
  const count = (of: (row: LabelledRow) => boolean) => labelled.filter(of).length;
  const unlabelled = count(({ label }) => label === null);
  return {
    described: {
      file,
      sha256: sha256(bytes),
      rows: labelled.length,
      dev: count(({ split }) => split === "dev"),
      heldout: count(({ split }) => split === "heldout"),
      safe: count(({ label }) => label === "safe"),
      harmful: count(({ label }) => label === "harmful"),
      unlabelled,
      hasSplitColumn,
    },
    rows: labelled,
    unlabelled,
  };
}
