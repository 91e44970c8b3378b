import { userInfo } from "node:os";
import { Failure } from "../../../shared/domain/failure.ts";
import { scaleOf } from "../../../shared/domain/metrics/side.ts";
import { isValidName } from "../../../shared/domain/naming/names.ts";
import { scoreOverrideOf } from "../../../shared/domain/overrides/apply.ts";
import type { Corrected, Correction } from "../../../shared/schema/evaluationRows.ts";
import type { Override } from "../../../shared/schema/override.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { overrideKey, removeOverride, saveOverride } from "../judge/overrideFile.ts";
import type { OpenedResults, OpenVersion } from "../results/openedResults.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import { sampleOf } from "./rowDetail.ts";

export interface CorrectionDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
  readonly open: OpenVersion;
}

/** Returns the operating system's user name, to record who made a correction. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

function refused(message: string, hint: string): Failure {
  return new Failure("bad-value", message, { hint });
}

/** Returns the override that a correction sets; null when it removes one. */
function overrideOf(opened: OpenedResults, correction: Correction, at: string): Override | null {
  const { counted, judged } = sampleOf(opened, { row: correction.row, sample: 0 });
  const { description } = counted;
  const mark = { note: correction.note, who: userName(), at };
  if (correction.kind === "label") {
    return correction.label === null
      ? null
      : { kind: "label", description, label: correction.label, ...mark };
  }
  const { name, score } = correction;
  if (score === null) return null;
  const names = opened.asJudged.rows.filter(({ row }) => row === correction.row).flatMap((row) => row.names);
  if (!names.includes(name) || !isValidName(name)) {
    throw refused(
      `row ${correction.row} of ${opened.version} has no valid name ${JSON.stringify(name)}`,
      "Only valid names can be scored.",
    );
  }
  if (counted.label === "harmful" || opened.results.stamp === null) {
    throw refused(
      opened.results.stamp === null
        ? "this file is in the study's format, which has no scores per name"
        : `row ${correction.row} is harmful, so its names aren't scored`,
      "Correct the row's label instead.",
    );
  }
  const before = scoreOverrideOf(opened.corrections, description, name, scaleOf(opened.results));
  const judgedAs = (judged.scores ?? []).find((one) => one.name === name)?.category;
  const category = correction.category ?? before?.category ?? judgedAs;
  if (category === undefined) {
    throw refused(`${name} has no category from a judge`, "Set a category together with the score.");
  }
  return { kind: "score", description, name, score, category, scale: scaleOf(opened.results), ...mark };
}

/** Returns the current state as the correction that would restore it. */
function currentCorrection(opened: OpenedResults, correction: Correction): Correction {
  const { counted } = sampleOf(opened, { row: correction.row, sample: 0 });
  const { row } = correction;
  if (correction.kind === "label") {
    const label = opened.corrections.labels.get(counted.description);
    return { kind: "label", row, label: label?.label ?? null, note: label?.note ?? "" };
  }
  const { name } = correction;
  const score = scoreOverrideOf(opened.corrections, counted.description, name, scaleOf(opened.results));
  return {
    kind: "score",
    row,
    name,
    score: score?.score ?? null,
    category: score?.category ?? null,
    note: score?.note ?? "",
  };
}

/**
 * Sets or removes a correction and returns the correction that undoes it. A label counts for the test row in all
 * versions, so an older one in another version's file is removed. That happens last: a crash in between leaves both,
 * and the later one counts.
 * @throws Failure `missing` in the sample, `bad-value` for an unknown row or name.
 */
export async function correct(
  { files, workspace, now, open }: CorrectionDependencies,
  version: string,
  correction: Correction,
): Promise<Corrected> {
  assertWritable(workspace);
  return workspace.writing(`correct row ${correction.row} of ${version}`, async () => {
    const opened = await open(version);
    const inverse = currentCorrection(opened, correction);
    const override = overrideOf(opened, correction, now().toISOString());
    const { own, others } = opened.from;
    const key = overrideKey({
      kind: correction.kind,
      description: sampleOf(opened, { row: correction.row, sample: 0 }).counted.description,
      ...(correction.kind === "score" ? { name: correction.name } : {}),
    });
    if (override === null) await removeOverride(files, own, key);
    else await saveOverride(files, own, override);
    if (correction.kind === "label") for (const file of others) await removeOverride(files, file, key);
    return { version, file: own, done: correction, inverse };
  });
}
