import { alignedPage, alignFiles, inSplit } from "../../../shared/domain/comparison/alignedRows.ts";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import { devDiscordance } from "../../../shared/domain/comparison/discordance.ts";
import { lookedRows } from "../../../shared/domain/comparison/lookedRows.ts";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { comparisonShift } from "../../../shared/domain/comparison/shift.ts";
import type {
  AlignRequest,
  AlignResult,
  CompareRequest,
  CompareResult,
  DiscordanceRequest,
  DiscordanceResult,
  LookRequest,
  LookResult,
} from "../../../shared/schema/compute.ts";
import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readNamed } from "../results/correctedResults.ts";
import { rowHash } from "../results/heldoutLooks.ts";

type TwoFiles = Pick<CompareRequest, "baseline" | "candidate">;

async function openBoth(
  files: FileLayer,
  { baseline, candidate }: TwoFiles,
  hashes: WorkspaceHashes | null = null,
): Promise<[NamedResults, NamedResults]> {
  return [await readNamed(files, baseline, hashes), await readNamed(files, candidate, hashes)];
}

/** Returns which held-out rows a comparison of two files would use, so that the caller can count the look. */
export async function lookHere(files: FileLayer, request: LookRequest): Promise<LookResult> {
  const [one, other] = await openBoth(files, request);
  const [stamp, second] = [one.results.stamp, other.results.stamp];
  if (stamp === null || second === null) return { kind: "look", look: null };
  const [baseline, candidate] = [lookedRows(one), lookedRows(other)];
  return {
    kind: "look",
    look: {
      testSet: stamp.testSet,
      rows: hashesOf([...baseline.descriptions, ...candidate.descriptions]),
      results: [sha256(baseline.content), sha256(candidate.content)],
      runIds: [stamp.runId, second.runId],
    },
  };
}

const hashesOf = (descriptions: readonly string[]) => [...new Set(descriptions.map(rowHash))];

/** Returns on how many dev rows two results of one test set differ in being right. */
export async function discordanceHere(
  files: FileLayer,
  request: DiscordanceRequest,
): Promise<DiscordanceResult> {
  const [one, other] = await openBoth(files, request);
  const ofTestSet = [one, other].every(({ results }) => results.stamp?.testSet === request.testSet);
  return { kind: "discordance", found: ofTestSet ? devDiscordance(one, other) : null };
}

/** Reads, corrects and compares in this process. The caller counts the look at the held-out rows. */
export async function compareHere(files: FileLayer, request: CompareRequest): Promise<CompareResult> {
  const { settings, preset, looks, pooledSlices, withShift, hashes } = request;
  const [one, other] = await openBoth(files, request, hashes);
  const comparison = compareResults(one, other, { settings, preset, looks, pooledSlices });
  return {
    kind: "compare",
    comparison,
    shift: withShift ? comparisonShift(one, other, comparison) : null,
  };
}

/** Reads, corrects and aligns rows in this process. The caller decides whether they may be shown. */
export async function alignHere(files: FileLayer, request: AlignRequest): Promise<AlignResult> {
  const [one, other] = await openBoth(files, request);
  const aligned = alignFiles(one, other);
  const [stamp, second] = [one.results.stamp, other.results.stamp];
  const page = alignedPage(aligned, request.query);
  const held = aligned.rows.filter(({ split }) => split === "heldout");
  const within = aligned.rows.filter(inSplit(aligned, request.query.split));
  return {
    kind: "align",
    page,
    slices: [...new Set(within.map(({ slice }) => slice ?? ""))].sort(),
    heldout: aligned.stamped ? held.length : 0,
    stamped:
      stamp === null || second === null
        ? null
        : {
            testSet: stamp.testSet,
            rows: hashesOf(held.map(({ description }) => description)),
            runIds: [stamp.runId, second.runId],
          },
  };
}
