import type { Lead, Overview, PromptQuestion } from "../../schema/overview.ts";
import { datasetOf, membersOf } from "./seeds.ts";

/** What the question depends on. `decided`: what the comparison of the pair said; null: it wasn't made yet. */
type Facts = Pick<Overview, "adapters" | "results" | "stale"> & {
  readonly decided: PromptQuestion["decided"];
};

/**
 * The versions that answer whether fine-tuning is better than a good prompt; null before an adapter exists. Of the two
 * prompted versions, it is the one that has results.
 */
export function promptPair({ adapters, results }: Pick<Overview, "adapters" | "results">) {
  const newest = adapters.at(-1)?.version;
  if (newest === undefined) return null;
  // A version's seeds are compared as one.
  const candidate = datasetOf(newest);
  const evaluated = ["prompted", "prompted+grammar"].find((prompted) =>
    results.some(({ version }) => version === prompted),
  );
  return { baseline: evaluated ?? "prompted", candidate };
}

function step(
  kind: "evaluate" | "compare",
  label: string,
  words: string,
  { version, baseline = null }: { version: string; baseline?: string | null },
): PromptQuestion["next"] {
  const lead: Lead = {
    screen: kind,
    version,
    baseline,
    run: null,
  };
  return { kind, label, words, lead };
}

/** Returns whether fine-tuning is better than a good prompt, as far as it is known, and what would answer it. */
export function promptQuestion(facts: Facts): PromptQuestion | null {
  const pair = promptPair(facts);
  if (pair === null) return null;
  const { baseline, candidate } = pair;
  const has = (version: string) => facts.results.some((one) => one.version === version);
  const seeds = membersOf(
    candidate,
    facts.adapters.map(({ version }) => version),
  );
  const missing = (seeds.length === 0 ? [candidate] : seeds).find((version) => !has(version));
  const stale = facts.stale.find(({ what, version }) => what === "results" && version === baseline);
  const question = { ...pair, decided: null };
  if (!has(baseline)) {
    const words =
      "The base with good instructions and four examples is what fine-tuning must beat. It has no results yet.";
    const next = step("evaluate", "Evaluate the prompted base", words, { version: baseline });
    return { ...question, next };
  }
  if (stale !== undefined) {
    const next = step("evaluate", "Evaluate the prompted base again", stale.message, { version: baseline });
    return { ...question, next };
  }
  if (missing !== undefined) {
    const words = `The prompted base has results, ${missing} doesn't yet.`;
    return { ...question, next: step("evaluate", `Evaluate ${missing}`, words, { version: missing }) };
  }
  const old = facts.stale.find(({ what, version }) => what === "results" && version === candidate);
  if (old !== undefined) {
    const next = step("evaluate", `Evaluate ${candidate} again`, old.message, { version: candidate });
    return { ...question, next };
  }
  if (facts.decided === null) {
    const words = `Both have results. The comparison shows whether ${candidate} is better.`;
    const next = step("compare", `Compare ${baseline} with ${candidate}`, words, {
      version: candidate,
      baseline,
    });
    return { ...question, next };
  }
  return { ...pair, decided: facts.decided, next: null };
}
