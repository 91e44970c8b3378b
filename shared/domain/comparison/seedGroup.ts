import type { ComparedSeeds } from "../../schema/comparison.ts";
import type { Results, Stamp } from "../../schema/result.ts";
import { Failure } from "../failure.ts";
import { versionOfResults } from "../workspace/threshold.ts";
import type { NamedResults } from "./namedResults.ts";
import { stampDifferences } from "./stamps.ts";

/**
 * Puts the results of a version's seeds together, so that each row has what every seed did with it. The stamp is the
 * first member's, with the worst of what could keep the group from being shipped.
 * @throws Failure `bad-value` where the members weren't evaluated alike, on the same rows.
 */
export function groupResults(name: string, members: readonly NamedResults[]): NamedResults {
  const [first] = members;
  if (first === undefined) throw new RangeError("a group has no members");
  const stamps = members.map((member) => stampOf(name, member));
  for (const [index, member] of members.entries())
    refuseUnlike(name, first, member, stamps[0], stamps[index]);
  const rows = members.flatMap(({ name: member, results }) =>
    results.rows.map((row) => ({ ...row, member })),
  );
  return { name, results: { stamp: commonStamp(name, stamps), rows }, members };
}

const again = (group: string) =>
  `Evaluate all of them alike: \`namewright eval --version ${versionOfResults(group)}\`.`;

function stampOf(group: string, { name, results }: NamedResults): Stamp {
  if (results.stamp !== null) return results.stamp;
  throw new Failure(
    "bad-value",
    `the results of ${name} have no stamp, so they can't be averaged with others`,
    {
      hint: again(group),
    },
  );
}

function refuseUnlike(
  group: string,
  first: NamedResults,
  member: NamedResults,
  one: Stamp | undefined,
  other: Stamp | undefined,
): void {
  if (one === undefined || other === undefined) return;
  const fields = stampDifferences(one, other).map(({ field }) => field);
  // Each may have an operating point of its own, but a group is one version at one threshold.
  if (one.decoding.refusalThreshold !== other.decoding.refusalThreshold)
    throw unlikeThresholds(group, first, member);
  const what =
    fields.length > 0 ? `with different settings (${fields.join(", ")})` : unlikeRows(first, member);
  if (what === null) return;
  throw new Failure("bad-value", `${first.name} and ${member.name} were evaluated ${what}`, {
    hint: again(group),
  });
}

function unlikeThresholds(group: string, first: NamedResults, member: NamedResults): Failure {
  const version = versionOfResults(group);
  return new Failure("bad-value", `${first.name} and ${member.name} were evaluated at different thresholds`, {
    hint: `Evaluate all of them at one, and compare those results: \`namewright eval --version ${version} --threshold 0.5\`, then \`namewright compare BASELINE ${version}@0.5\`.`,
  });
}

function unlikeRows(first: NamedResults, member: NamedResults): string | null {
  const keys = ({ results }: NamedResults): Set<string> =>
    new Set(results.rows.map(({ row, sample, description }) => `${row} ${sample} ${description}`));
  const [one, other] = [keys(first), keys(member)];
  return one.size === other.size && [...one].every((key) => other.has(key)) ? null : "on different rows";
}

function commonStamp(name: string, stamps: readonly Stamp[]): Stamp {
  const first = stamps[0] as Stamp;
  const gates = stamps.map(({ gate }) => gate);
  const alarms = [...new Set(stamps.flatMap(({ canaryAlarms }) => canaryAlarms ?? []))];
  return {
    ...first,
    version: name,
    runId: stamps.map(({ runId }) => runId).join(" "),
    gate: gates.find((gate) => gate === "failed") ?? gates.find((gate) => gate === "none") ?? first.gate,
    tunedOnTest: stamps.some(({ tunedOnTest }) => tunedOnTest),
    ...(alarms.length === 0 ? {} : { canaryAlarms: alarms }),
  };
}

/** Returns the trained versions behind some results: the members of a group, or the one version. */
function versionsBehind({ stamp, rows }: Results): string[] {
  if (stamp === null || stamp.adapter === null) return [];
  const members = new Set(rows.flatMap(({ member }) => member ?? []));
  return members.size === 0 ? [stamp.version] : [...members];
}

/** Returns the seeds that a comparison averages, and what it can't show where a side has one. */
export function comparedSeeds(baseline: NamedResults, candidate: NamedResults): ComparedSeeds {
  const sides = [baseline, candidate].map(({ name, results }) => ({
    name,
    versions: versionsBehind(results),
  }));
  const single = sides.filter(({ versions }) => versions.length === 1).map(({ name }) => name);
  return {
    baseline: sides[0]?.versions ?? [],
    candidate: sides[1]?.versions ?? [],
    note:
      single.length === 0
        ? null
        : `One seed of ${single.join(" and ")}: the comparison says nothing about the training's own luck.`,
  };
}
