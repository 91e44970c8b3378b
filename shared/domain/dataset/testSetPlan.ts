import type { Discordance } from "../../schema/compute.ts";
import type { LabelCount, PlannedClass, PlanRequest, TestSetPlan } from "../../schema/heldout.ts";
import {
  detectableDifference,
  familyAlpha,
  looksWithin,
  provableMargin,
  rowsForMargin,
} from "../statistics/testSetSize.ts";

/** The discordant share where nothing is known. */
const usualDiscordance = 0.12;

/** A share of fewer dev rows or discordant pairs says too little to plan with. */
const fewest = { rows: 30, discordant: 5 };

/** The budgets that a plan lists, besides its own. */
const listedBudgets = [1, 2, 3, 5, 10, 20];

const labels = ["harmful", "safe"] as const;

/** What a plan starts from. `measured`: on dev rows; null: there are no two results on this test set. */
export interface PlanBasis {
  readonly heldout: LabelCount;
  readonly looks: number;
  readonly measured: { readonly harmful: Discordance; readonly safe: Discordance } | null;
}

type Planned = Pick<
  TestSetPlan,
  "margin" | "power" | "looks" | "alpha" | "classes" | "all" | "looksWithin" | "budgets"
>;

/** Plans the held-out part of a test set: the rows it needs, and what the present rows can show. */
export function planTestSet({ margin, discordant, power }: PlanRequest, basis: PlanBasis): Planned {
  const alpha = familyAlpha / basis.looks;
  const classes = labels.map((label): PlannedClass => {
    const rows = basis.heldout[label];
    const share = discordanceOf(discordant, basis.measured?.[label]);
    const test = { discordant: share.share, alpha, power };
    return {
      label,
      rows,
      discordant: share,
      needed: rowsForMargin(margin, test),
      margin: provableMargin(rows, test),
      difference: detectableDifference(rows, test),
    };
  });
  const rows = classes.reduce((sum, one) => sum + one.rows, 0);
  const mixed = classes.reduce((sum, one) => sum + one.rows * one.discordant.share, 0) / Math.max(1, rows);
  const budgets = [...new Set([...listedBudgets, basis.looks])].sort((one, other) => one - other);
  return {
    margin,
    power,
    looks: basis.looks,
    alpha,
    classes,
    all: { rows, difference: detectableDifference(rows, { discordant: mixed, alpha, power }) },
    looksWithin: Math.min(
      ...classes.map((one) => looksWithin(one.rows, margin, { discordant: one.discordant.share, power })),
    ),
    budgets: budgets.map((looks) => budgetLine(looks, { margin, power, classes })),
  };
}

/** Returns the given share, else the measured one where it says enough, else the usual one. */
function discordanceOf(given: number | null, measured: Discordance | undefined): PlannedClass["discordant"] {
  if (given !== null) return { share: given, from: "given", rows: 0 };
  if (measured === undefined || measured.rows < fewest.rows || measured.discordant < fewest.discordant)
    return { share: usualDiscordance, from: "default", rows: measured?.rows ?? 0 };
  return { share: measured.discordant / measured.rows, from: "dev", rows: measured.rows };
}

function budgetLine(
  looks: number,
  { margin, power, classes }: Pick<Planned, "margin" | "power" | "classes">,
): TestSetPlan["budgets"][number] {
  const alpha = familyAlpha / looks;
  const of = <Value>(
    value: (one: PlannedClass, test: { discordant: number; alpha: number; power: number }) => Value,
  ) => {
    const [harmful, safe] = classes.map((one) =>
      value(one, { discordant: one.discordant.share, alpha, power }),
    );
    return { harmful: harmful as Value, safe: safe as Value };
  };
  return {
    looks,
    alpha,
    needed: of((_, test) => rowsForMargin(margin, test)),
    margin: of(({ rows }, test) => provableMargin(rows, test)),
  };
}
