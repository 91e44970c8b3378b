import type { JudgeStamp, LabelVerdict, NamesVerdict } from "../../../shared/schema/judge.ts";
import type { Meter, SpendingLimits } from "../llm/meter.ts";

/** The part of a row that a judge sees: neither version nor label. `names` are valid and distinct. */
export interface NamesToJudge {
  readonly description: string;
  readonly names: readonly string[];
  /** Not shown to the judge. A different occasion bypasses the cache. */
  readonly occasion?: string;
}

/** The part of a test row that a judge sees for labelling. `call` counts from 1 and separates the votes. */
interface DescriptionToLabel {
  readonly description: string;
  readonly call: number;
}

/** Scores names. A verdict's `index` refers to the order of the given names. */
export interface Judge {
  readonly stamp: JudgeStamp;
  /** How many rows to judge at once. The judge itself limits its calls. */
  readonly rowsAtOnce: number;
  /** Creates a meter with limits. Throws `Failure` `missing` for a maximum cost without prices. */
  openMeter(limits?: SpendingLimits): Meter;
  /**
   * Returns one row's verdict: scored, or *unscored* with the reason. A judge's failure is never a guess or a zero.
   * @throws Failure `service-refused` when no row can be judged, `cancelled` on abort
   */
  scoreNames(input: NamesToJudge, signal: AbortSignal, meter?: Meter): Promise<NamesVerdict>;
  /** The sha256 of the labelling rubric; absent when the judge can't label. */
  readonly labelRubric?: string;
  /** Asks once about a description's safety; absent when the judge can't label. Throws like `scoreNames`. */
  labelDescription?(input: DescriptionToLabel, signal: AbortSignal, meter?: Meter): Promise<LabelVerdict>;
}
