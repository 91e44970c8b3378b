import type { Headline, Overview, OverviewResults } from "../../schema/overview.ts";
import { untrainedVersions } from "../../schema/workspace.ts";
import { byVersion, groupOf, groupsOf } from "./seeds.ts";
import { versionOfResults } from "./threshold.ts";
import { hasAdapter } from "./version.ts";

/** A version, or the seeds of one as a single line. A version trained alone besides its seeds is among them. */
interface VersionLine {
  readonly name: string;
  /** Empty: the version has one seed. */
  readonly members: readonly string[];
}

/** Returns a workspace's versions in order, the untrained ones first, those with several seeds as one line. */
export function versionLines({
  datasets,
  adapters,
  results,
}: Pick<Overview, "datasets" | "adapters" | "results">): VersionLine[] {
  const made = [...adapters, ...results].map(({ version }) => version);
  const versions = [...new Set([...datasets.map(({ version }) => version), ...made])];
  const groups = groupsOf(versions);
  const isTrained = (version: string): boolean => hasAdapter(versionOfResults(version));
  const untrained = untrainedVersions.flatMap((one) =>
    versions.filter((version) => versionOfResults(version) === one).sort(byVersion),
  );
  const trained = [...new Set(versions.filter(isTrained).map(groupOf))].sort(byVersion);
  return [
    ...untrained.map((name) => ({ name, members: [] })),
    ...trained.map((name) => ({
      name,
      members: groups.includes(name)
        ? [...new Set(made)].filter((version) => groupOf(version) === name).sort(byVersion)
        : [],
    })),
  ];
}

/** A figure of a version with several seeds: its mean and its spread. */
interface SeedHeadline extends Pick<Headline, "id" | "label"> {
  /** Null: undefined for a seed. */
  readonly mean: number | null;
  readonly sd: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly seeds: number;
  /** Rows of each seed; null: they differ. */
  readonly n: number | null;
}

/** Returns the headline figures averaged over the seeds that were evaluated. */
export function seedHeadlines(results: readonly Pick<OverviewResults, "headlines">[]): SeedHeadline[] {
  const [first] = results;
  if (first === undefined) return [];
  return first.headlines.map(({ id, label, n }) => {
    const all = results.flatMap(({ headlines }) => headlines.find((one) => one.id === id) ?? []);
    const values = all.flatMap(({ value }) => value ?? []);
    const seeds = results.length;
    const same = all.every((one) => one.n === n) ? n : null;
    const figure = { id, label, seeds, n: same };
    if (values.length < seeds) return { ...figure, mean: null, sd: null, min: null, max: null };
    const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const sd = seeds < 2 ? null : Math.sqrt(squares / (seeds - 1));
    return { ...figure, mean, sd, min: Math.min(...values), max: Math.max(...values) };
  });
}
