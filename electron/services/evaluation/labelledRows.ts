import type { z } from "zod";
import { labelRows } from "../../../shared/domain/judging/label.ts";
import type { Label, TestRow } from "../../../shared/schema/dataset.ts";
import type { LabelSourceSchema } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { correctionFiles, readCorrections } from "../results/correctedResults.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** A test row with the label that counts, and where it came from. */
export interface LabelledRow extends Omit<TestRow, "label"> {
  readonly label: Label | null;
  readonly labelSource: z.infer<typeof LabelSourceSchema> | null;
}

/** Adds the labels that count now: the user's corrections, the test set's column, then the frozen labels. */
export async function withCurrentLabels(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  rows: readonly TestRow[],
): Promise<LabelledRow[]> {
  const { labels } = await readCorrections(files, await correctionFiles(files, workspace, version));
  return labelRows(rows, [...labels.values()], await readFrozenLabels(files, workspace.paths.frozenLabels));
}
