import { readDataset, refuseErrors } from "../../../shared/domain/dataset/read.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import { groupsOf } from "../../../shared/domain/neardup/groups.ts";
import { splitRows } from "../../../shared/domain/training/split.ts";
import type { Finding, Leak } from "../../../shared/schema/dataset.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";

/** A file as bytes, with the name under which it is reported. */
interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The rows to train on, each on its side of the split, and what lint warns of. */
export interface TrainingRows {
  readonly rows: TrainRow[];
  readonly warnings: Finding[];
  readonly leaks: Leak[];
}

/**
 * Lints a dataset and splits it.
 * @throws Failure `bad-value` at the first error of the dataset: nothing is trained on a broken one.
 */
export function trainingRows(dataset: NamedBytes, testSet: NamedBytes | null): TrainingRows {
  const report = lintReport([dataset], testSet === null ? [] : [testSet]);
  const findings = report.files.flatMap((file) => file.findings);
  refuseErrors(findings, dataset.file);
  const [leak] = report.leaks;
  if (leak !== undefined) {
    throw new Failure(
      "bad-value",
      `row ${leak.row} of ${dataset.file} ${leak.exact ? "is" : "is nearly"} row ${leak.againstRow} of ${leak.againstFile}` +
        `${report.leaks.length > 1 ? ` (and ${report.leaks.length - 1} more leaks)` : ""}: what is trained on cannot be tested on`,
      {
        file: dataset.file,
        row: leak.row,
        column: "description",
        hint: `See them all with \`namewright dataset lint ${dataset.file} --against ${leak.againstFile}\`, then change or delete the rows.`,
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

/** The rows file of the trainer: one JSON object a line. */
export function rowsFile(rows: readonly TrainRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
