import type { Looks } from "../../schema/comparison.ts";
import type { HeldoutLook, LookEntry, LookStatus } from "../../schema/looks.ts";
import { pluralize } from "../format/count.ts";

/** The decisions that held-out rows are for, unless namewright.json says otherwise. */
export const defaultLookBudget = 5;

/** The held-out rows that looks are counted for. `rows`: the hash of each description; null: unknown. */
export interface CountedRows {
  readonly testSet: string;
  readonly rows: readonly string[] | null;
}

/**
 * Returns the looks at these held-out rows, oldest first. A look counts while any of the rows that it used is still
 * held out, so an edit of the test set doesn't refill the budget. Where a line lists no rows, the hash of the test set
 * tells. Each ID counts once.
 */
export function looksAt(entries: readonly LookEntry[], { testSet, rows }: CountedRows): HeldoutLook[] {
  const held = new Set(rows);
  const testSets = new Set([testSet]);
  for (const entry of entries)
    if (entry.kind === "rows" && entry.rows.some((row) => held.has(row))) testSets.add(entry.testSet);
  const looks = new Map<string, HeldoutLook>();
  const inOrder = entries
    .filter((entry) => entry.kind !== "rows")
    .sort((one, other) => compareText(one.at, other.at) || compareText(one.id, other.id));
  for (const look of inOrder) if (testSets.has(look.testSet) && !looks.has(look.id)) looks.set(look.id, look);
  return [...looks.values()];
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Returns the hashes of all rows that looks at these held-out rows used; null: the rows of a look are unknown. */
export function usedRowsOf(entries: readonly LookEntry[], counted: CountedRows): string[] | null {
  const looked = new Set(looksAt(entries, counted).map(({ testSet }) => testSet));
  const listed = entries.filter((entry) => entry.kind === "rows" && looked.has(entry.testSet));
  if (listed.length < looked.size) return null;
  return [...new Set(listed.flatMap((entry) => (entry.kind === "rows" ? entry.rows : [])))];
}

/** Returns the budget, which the first look fixed; before it, `configured`. `looks` are in order. */
export function budgetOf(looks: readonly HeldoutLook[], configured: number): number {
  return looks.find(({ budget }) => budget !== null)?.budget ?? configured;
}

/**
 * Returns which look this is, from 1, and the budget. A look keeps its number: when later looks use up the budget, the
 * decisions within it stay valid.
 */
export function placeOf(looks: readonly HeldoutLook[], id: string, configured: number): Looks | null {
  const at = looks.findIndex((look) => look.id === id);
  return at < 0 ? null : { used: at + 1, budget: budgetOf(looks, configured) };
}

/** Returns how the held-out rows of a test set were used. */
export function lookStatus(
  entries: readonly LookEntry[],
  counted: CountedRows,
  configured: number,
): LookStatus {
  const looks = looksAt(entries, counted);
  const decisions = looks.filter(({ kind }) => kind === "decision").length;
  return {
    testSet: counted.testSet,
    used: looks.length,
    budget: budgetOf(looks, configured),
    decisions,
    readings: looks.length - decisions,
    configured,
  };
}

/** Names the look that a decision is: `look 2 of 5`. */
export function describeLook({ used, budget }: Looks): string {
  return used > budget
    ? `look ${used}, but the budget is ${pluralize(budget, "look")}`
    : `look ${used} of ${budget}`;
}

/** Describes the looks so far: `2 of 5 looks used`. */
export function describeUsed({ used, budget }: Looks): string {
  return `${used} of ${pluralize(budget, "look")} used`;
}

/** Describes how the held-out rows were used: `2 of 5 looks used (1 decision, 1 reading)`. */
export function describeLookStatus({ used, budget, decisions, readings }: LookStatus): string {
  const uses = used === 0 ? "" : ` (${pluralize(decisions, "decision")}, ${pluralize(readings, "reading")})`;
  return `${describeUsed({ used, budget })}${uses}`;
}
