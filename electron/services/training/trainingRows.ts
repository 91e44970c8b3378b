import { readDataset, refuseErrors } from "../../../shared/domain/dataset/read.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import { groupsOf } from "../../../shared/domain/neardup/groups.ts";
import { splitRows } from "../../../shared/domain/training/split.ts";
import type { Finding, Leak } from "../../../shared/schema/dataset.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";

/** A file's bytes and the name used in reports. */
interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The rows to train on, each with its side of the split, and lint's warnings. */
export interface TrainingRows {
  readonly rows: TrainRow[];
  readonly warnings: Finding[];
  readonly leaks: Leak[];
}

/**
 * Lints a dataset and splits it.
 * @throws Failure `bad-value` at the dataset's first error or leak.
 */
export function trainingRows(dataset: NamedBytes, testSet: NamedBytes | null): TrainingRows {
  const report = lintReport([dataset], testSet === null ? [] : [testSet]);
  const findings = report.files.flatMap((file) => file.findings);
  refuseErrors(findings, dataset.file);
  const [leak] = report.leaks;
  if (leak !== undefined) {
    throw new Failure(
      "bad-value",
      `row ${leak.row} of ${dataset.file} ${leak.exact ? "duplicates" : "nearly duplicates"} row ${leak.againstRow} of ${leak.againstFile}` +
        `${report.leaks.length > 1 ? ` (and ${report.leaks.length - 1} more leaks)` : ""}: rows used for training can't be used for testing`,
      {
        file: dataset.file,
        row: leak.row,
        column: "description",
        hint: `To see all leaks, run \`namewright dataset lint ${dataset.file} --against ${leak.againstFile}\`, then change or delete the rows.`,
      },
    );
  }
  const read = readDataset(dataset.bytes, dataset.file).rows;
  const groups = groupsOf(read.map(({ description }) => description));
  const plain = read.map(({ row, description, suggestions }, at) => ({
    row,
    description,
    suggestions: suggestions ?? [],
    group: groups[at] ?? String(row),
  }));
  return {
    rows: splitRows(plain),
    warnings: findings.filter(({ severity }) => severity === "warning"),
    leaks: report.leaks,
  };
}

/** Returns the text of the trainer's rows file: one JSON object per line. */
export function rowsFile(rows: readonly TrainRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
