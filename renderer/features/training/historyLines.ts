import { datasetOf, isMember } from "../../../shared/domain/workspace/seeds.ts";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";

/** A line of the history: a training, or the trainings of a version with several seeds, which opens. */
export type HistoryLine =
  | { readonly kind: "training"; readonly training: RunCurves; readonly inGroup: boolean }
  | { readonly kind: "group"; readonly version: string; readonly trainings: readonly RunCurves[] };

const groupOf = ({ version }: RunCurves): string | null =>
  version !== null && isMember(version) ? datasetOf(version) : null;

/** Puts the trainings of a version's seeds together at the place of the newest; those of an opened one follow it. */
export function historyLines(trainings: readonly RunCurves[], opened: readonly string[]): HistoryLine[] {
  const seen = new Set<string>();
  return trainings.flatMap((training): HistoryLine[] => {
    const version = groupOf(training);
    if (version === null) return [{ kind: "training", training, inGroup: false }];
    if (seen.has(version)) return [];
    seen.add(version);
    const members = trainings.filter((one) => groupOf(one) === version);
    const group: HistoryLine = { kind: "group", version, trainings: members };
    if (!opened.includes(version)) return [group];
    return [
      group,
      ...members.map((one): HistoryLine => ({ kind: "training", training: one, inGroup: true })),
    ];
  });
}
