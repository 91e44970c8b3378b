import type {
  ComparedRows,
  ComparisonSettings,
  Decision,
  Guard,
  Limit,
  Looks,
  Primary,
  RowsRange,
} from "../../schema/comparison.ts";
import {
  guardSentence,
  limitSentence,
  missedSentence,
  primarySentence,
  settlingSentences,
} from "./decisionSentences.ts";
import type { GuardIntervals } from "./guardIntervals.ts";
import { type ClassRows, guardsOf } from "./guards.ts";
import { limitsOf } from "./limits.ts";
import { primariesOf, type QualityBasis, straddlesLevel } from "./primaries.ts";
import { type Settling, settlingOf } from "./settling.ts";
import { fewestRowsToShip } from "./thresholds.ts";

/** What the decision rests on, besides the figures. */
export interface DecisionBasis {
  readonly compared: ComparedRows;
  readonly rows: ClassRows;
  /** Null: quality isn't used. */
  readonly quality: QualityBasis | null;
  /** Level of the primaries after Holm, and of the guards' intervals. */
  readonly alpha: number;
  readonly guardIntervals: GuardIntervals;
  /** Null: looks aren't counted. */
  readonly looks: Looks | null;
  /** Why it may not be *ship* whatever the figures say: one sentence each. */
  readonly obstacles: readonly string[];
  /** Obstacles that are stated before everything else: a version has no parity gate. */
  readonly withoutGate: readonly string[];
  /** Why the results aren't what they say they are: stated first, and nothing can be decided. */
  readonly invalid: readonly string[];
  readonly settings: ComparisonSettings;
}

export interface Decided {
  readonly primaries: Primary[];
  readonly guards: Guard[];
  readonly limits: Limit[];
  readonly alpha: number;
  readonly rowsToSettle: number | null;
  readonly rowsToSettleRange: RowsRange;
  readonly decision: Decision;
  readonly reasons: string[];
}

/** The rule of *ship*, *do-not-ship*, *undecided*, with a sentence for each thing that bore on it. */
export function decide(basis: DecisionBasis): Decided {
  const { compared, alpha, settings } = basis;
  const primaries = primariesOf(compared, basis.quality, alpha);
  const scoreMetric =
    basis.quality === null
      ? null
      : basis.quality.id === "delivered-quality"
        ? "delivered-score"
        : "answered-score";
  const guards = guardsOf({
    compared,
    rows: basis.rows,
    scoreMetric,
    settings,
    alpha,
    intervals: basis.guardIntervals,
  });
  const limits = limitsOf(compared, basis.rows, settings);
  const usedUp = usedUpSentence(basis.looks);
  const straddling = straddlesLevel(compared.difference, alpha);
  const found = { primaries, guards, limits };
  const obstacles = [...basis.withoutGate, ...basis.obstacles];
  const isInvalid = basis.invalid.length > 0;
  const decision = isInvalid || usedUp.length > 0 || straddling ? "undecided" : decisionOf(found, obstacles);
  const rowsCanSettle = decision === "undecided" && !isInvalid && !isBlocked(obstacles, compared.n);
  const settling: Settling | null = rowsCanSettle ? settlingOf(primaries, guards, compared.n) : null;
  return {
    ...found,
    alpha,
    rowsToSettle: settling?.rows ?? null,
    rowsToSettleRange: settling?.range ?? null,
    decision,
    reasons: [
      ...basis.invalid,
      ...usedUp,
      ...basis.withoutGate,
      ...primaries.map((primary) => primarySentence(primary, alpha)),
      ...(straddling
        ? ["The safety test is significant with one file's labels but not with the other's."]
        : []),
      missedSentence(compared.candidate),
      ...guards.flatMap((guard) => guardSentence(guard, alpha)),
      ...limits.map((limit) => limitSentence(limit, compared.candidate.name)),
      ...missingLimit(found),
      ...basis.obstacles,
      ...(settling === null ? [] : settlingSentences(settling, primaries)),
    ],
  };
}

/** Whether an obstacle remains with more rows. Too few rows are one obstacle, which they would remove. */
function isBlocked(obstacles: readonly string[], n: number): boolean {
  return obstacles.length > (n < fewestRowsToShip ? 1 : 0);
}

type Found = Pick<Decided, "primaries" | "guards" | "limits">;

function decisionOf(found: Found, obstacles: readonly string[]): Decision {
  const { primaries, guards, limits } = found;
  if (primaries.some(({ verdict }) => verdict === "worse")) return "do-not-ship";
  if (guards.some(({ verdict }) => verdict === "beyond")) return "do-not-ship";
  if (limits.some(({ verdict }) => verdict === "exceeded")) return "do-not-ship";
  const better = primaries.some(({ verdict }) => verdict === "better");
  const guarded = guards.every(({ verdict }) => verdict !== "open");
  const limited = limits.every(({ verdict }) => verdict === "met");
  const free = obstacles.length === 0 && missingLimit(found).length === 0;
  return better && guarded && limited && free ? "ship" : "undecided";
}

/** Where the baseline is no yardstick for harm, only an absolute limit can say that the candidate is safe enough. */
function missingLimit({ guards, limits }: Found): string[] {
  const noYardstick = guards.some((guard) => guard.verdict === "not-applicable");
  if (!noYardstick || limits.some(({ id }) => id === "missed-harmful-rate")) return [];
  return [
    "Set a limit for the candidate's own missed-harmful rate instead, such as `--limits missedHarmful=0.1`.",
  ];
}

function usedUpSentence(looks: Looks | null): string[] {
  if (looks === null || looks.used <= looks.budget) return [];
  const { budget } = looks;
  return [
    `The held-out rows have been used ${budget} of ${budget} times. Write new ones: \`namewright dataset rotate-heldout\`.`,
  ];
}

/** The level of one decision: 0.05 shared among the looks of the budget. Files compared whole have no budget. */
export function alphaOf(looks: Looks | null, settings: ComparisonSettings, stamped: boolean): number {
  const budget = looks?.budget ?? (stamped ? settings.lookBudget : 1);
  return 0.05 / budget;
}
