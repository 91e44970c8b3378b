import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import type { DatasetCheck } from "../../../shared/schema/compute.ts";
import type { RowCounts } from "../../../shared/schema/trainingRecord.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { trainingRows } from "./trainingRows.ts";

/** Checks a dataset and counts its rows for training, or the problems that prevent training. */
export async function checkDataset(
  files: Pick<FileLayer, "read">,
  dataset: string,
  testSet: string | null,
): Promise<DatasetCheck> {
  const own = { file: dataset, bytes: await files.read(dataset) };
  const against = testSet === null ? null : { file: testSet, bytes: await files.read(testSet) };
  const report = lintReport([own], against === null ? [] : [against]);
  const findings = report.files.flatMap((file) => file.findings);
  const errors = findings.filter(({ severity }) => severity === "error");
  const first = errors[0]?.message ?? null;
  const counts = {
    errors: errors.length,
    warnings: findings.length - errors.length,
    leaks: report.leaks.length,
    firstError: first,
  };
  if (errors.length > 0 || report.leaks.length > 0) return { ...counts, rows: null };
  return { ...counts, rows: countsOf(trainingRows(own, against).rows) };
}

function countsOf(rows: ReturnType<typeof trainingRows>["rows"]): RowCounts {
  const counts = { in: rows.length, trained: 0, validation: 0, refusalsTrained: 0, refusalsValidation: 0 };
  for (const { side, suggestions } of rows) {
    const refusal = suggestions.length === 0 ? 1 : 0;
    if (side === "train") {
      counts.trained += 1;
      counts.refusalsTrained += refusal;
    } else {
      counts.validation += 1;
      counts.refusalsValidation += refusal;
    }
  }
  return counts;
}
