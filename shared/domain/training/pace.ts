import type { JournalEntry } from "../../schema/run.ts";
import { TrainerEventSchema } from "../../schema/trainingRecord.ts";

/** How fast a training that ended was. */
export interface Pace {
  /** Rows that went through the model, each epoch's again. */
  readonly rowPasses: number;
  /** From the first step to the last, evaluations in it; in seconds. */
  readonly trainSeconds: number;
  /** All the rest of the run: imports, loading, converting, the parity gate; in seconds. */
  readonly otherSeconds: number;
  readonly device: string;
}

/** The pace of a run that succeeded without a break; null for any other. `rowsPerStep` is batch size × accumulation. */
export function paceOf(entries: readonly JournalEntry[], rowsPerStep: number): Pace | null {
  let began: { at: number; device: string; rows: number; perEpoch: number } | null = null;
  let begins = 0;
  let last: { at: number; step: number } | null = null;
  for (const { event } of entries) {
    if (event.kind !== "trainer") continue;
    const parsed = TrainerEventSchema.safeParse(event.event).data;
    if (parsed?.kind === "begin") {
      begins += 1;
      const { device, rows, stepsPerEpoch, elapsedSeconds } = parsed;
      began = { at: elapsedSeconds, device, rows: rows.trained, perEpoch: stepsPerEpoch };
    } else if (parsed?.kind === "step") last = { at: parsed.elapsedSeconds, step: parsed.step };
  }
  const [first, end] = [entries[0], entries.at(-1)];
  const succeeded = end?.event.kind === "status" && end.event.status === "succeeded";
  if (!succeeded || first === undefined || began === null || last === null || begins !== 1) return null;
  const trainSeconds = last.at - began.at;
  // The clock may have been set back during the run: a pace of zero or less is discarded.
  const wall = (Date.parse(end.at) - Date.parse(first.at)) / 1000;
  if (!(trainSeconds > 0) || !(wall > trainSeconds)) return null;
  const rowPasses = Math.min(last.step * rowsPerStep, (last.step / began.perEpoch) * began.rows);
  return { rowPasses, trainSeconds, otherSeconds: wall - trainSeconds, device: began.device };
}

/** Seconds that a training with this many row passes takes at a given pace; the rest of the run takes as long as before. */
export function secondsAtPace(pace: Pace, rowPasses: number): number {
  return pace.otherSeconds + (pace.trainSeconds * rowPasses) / pace.rowPasses;
}

/** Optimizer steps as transformers counts them: whole batches, then whole accumulations, the last ones short. */
export function stepsPerEpoch(rows: number, batchSize: number, gradientAccumulation: number): number {
  return Math.max(1, Math.ceil(Math.ceil(rows / batchSize) / gradientAccumulation));
}
