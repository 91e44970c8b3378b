import type { JudgeStamp, LabelVerdict, NamesVerdict } from "../../../shared/schema/judge.ts";
import type { Meter, SpendingLimits } from "../llm/meter.ts";

/** What a judge sees of a row: neither version nor label. `names` are valid and differ. */
export interface NamesToJudge {
  readonly description: string;
  readonly names: readonly string[];
  /** Not shown to it: the same question on another occasion is asked anew, not answered from the cache. */
  readonly occasion?: string;
}

/** What a judge sees of a test row whose label it is asked for. `call` counts from 1 and keeps the votes apart. */
export interface DescriptionToLabel {
  readonly description: string;
  readonly call: number;
}

/** Scores names, whichever way. A verdict's `index` counts in the order of the names it was given. */
export interface Judge {
  readonly stamp: JudgeStamp;
  /** How many rows are worth having under way at once; the judge itself paces its calls. */
  readonly rowsAtOnce: number;
  /** Counts what is spent from now on, up to the limits. @throws Failure `missing` for a cost limit without prices. */
  openMeter(limits?: SpendingLimits): Meter;
  /**
   * One row's verdict: scored, or *unscored* with the reason. Never a guess, never a zero for a judge's failure.
   * @throws Failure `service-refused` where no row can be judged, `cancelled` where the signal says so.
   */
  scoreNames(input: NamesToJudge, signal: AbortSignal, meter?: Meter): Promise<NamesVerdict>;
  /** sha256 of the rubric by which this judge labels; absent where it gives no labels. */
  readonly labelRubric?: string;
  /** One call about a description's safety; absent: this judge gives no labels. Throws as `scoreNames` does. */
  labelDescription?(input: DescriptionToLabel, signal: AbortSignal, meter?: Meter): Promise<LabelVerdict>;
}
