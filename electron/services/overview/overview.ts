import { failureDetail } from "../../../shared/domain/failure.ts";
import { headlinesOf } from "../../../shared/domain/workspace/headlines.ts";
import { nextStep } from "../../../shared/domain/workspace/nextStep.ts";
import { promptPair, promptQuestion } from "../../../shared/domain/workspace/promptQuestion.ts";
import { membersOf } from "../../../shared/domain/workspace/seeds.ts";
import { staleOf } from "../../../shared/domain/workspace/stale.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type {
  ComputeRequest,
  ComputeResult,
  DatasetCheck,
  FileFigures,
} from "../../../shared/schema/compute.ts";
import type {
  LatestRun,
  Overview,
  OverviewAdapter,
  OverviewDataset,
  OverviewResults,
  OverviewTestSet,
  PromptQuestion,
} from "../../../shared/schema/overview.ts";
import { coalesced } from "../async/coalesced.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { Compute } from "../compute/compute.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { trainedPrompt } from "../model/modelPrompt.ts";
import { isTrained } from "../model/modelRecord.ts";
import type { ModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import { listPrompts } from "../prompts/promptStore.ts";
import { correctionFiles, revisionOf, versionFiles } from "../results/correctedResults.ts";
import { listOpenings, type Opening } from "../results/heldoutOpenings.ts";
import type { RunService } from "../run/runService.ts";
import { describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { CacheSession, ComputeCache } from "./computeCache.ts";

export interface OverviewDependencies {
  readonly platform: Pick<Platform, "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly bases: Pick<BaseModels, "inspect" | "hashOf">;
  readonly models: Pick<ModelStore, "open">;
  readonly runs: Pick<RunService, "list">;
  readonly cache: ComputeCache;
}

/** Reads the parts of one overview. Slow answers come from the cache, by the hashes of the files. */
class OverviewReader {
  readonly #dependencies: OverviewDependencies;
  readonly #cache: CacheSession;
  /** Files that couldn't be read, with the reason. */
  readonly unreadable: Overview["unreadable"] = [];

  constructor(dependencies: OverviewDependencies, cache: CacheSession) {
    this.#dependencies = dependencies;
    this.#cache = cache;
  }

  /** Computes once per key, which must name everything the answer depends on. */
  async #ask<Kind extends ComputeRequest["kind"]>(
    key: string,
    request: Extract<ComputeRequest, { kind: Kind }>,
  ): Promise<Extract<ComputeResult, { kind: Kind }>> {
    const answer = await this.#cache.answer(key, () => this.#dependencies.compute.ask<Kind>(request));
    if (answer.kind !== request.kind) throw new Error(`asked for ${request.kind}, got ${answer.kind}`);
    return answer as Extract<ComputeResult, { kind: Kind }>;
  }

  async #figuresOf(version: string, file: string, hash: string): Promise<FileFigures> {
    const { files, workspace } = this.#dependencies;
    const corrections = await correctionFiles(files, workspace, version);
    const request = { kind: "figures", name: version, file, corrections } as const;
    const revision = await revisionOf(files, hash, corrections);
    return (await this.#ask(`figures ${version} ${revision}`, request)).figures;
  }

  /** Null: the file is too large for a row-by-row check each time the overview opens. */
  async #checkOf(file: string, hash: string, bytes: number): Promise<DatasetCheck | null> {
    const { files, workspace } = this.#dependencies;
    if (bytes >= fileSizes.streamedFrom) return null;
    const testSet = (await files.exists(workspace.paths.testSet)) ? workspace.paths.testSet : null;
    const key = `check ${hash} ${testSet === null ? "" : await sha256OfFile(testSet)}`;
    return (await this.#ask(key, { kind: "check", dataset: file, testSet })).check;
  }

  async #statsOf(file: string, hash: string) {
    return (await this.#ask(`stats ${hash}`, { kind: "stats", file })).stats;
  }

  async dataset(version: string): Promise<OverviewDataset> {
    const { files, workspace } = this.#dependencies;
    const file = workspace.paths.dataset(version);
    const [bytes, hash] = [await files.size(file), await sha256OfFile(file)];
    const place = { version, file, bytes, hash };
    try {
      const { rows, refusals } = await this.#statsOf(file, hash);
      const check = await this.#checkOf(file, hash, bytes);
      return {
        ...place,
        rows,
        refusals,
        errors: check?.errors ?? null,
        leaks: check?.leaks ?? null,
        problem: null,
      };
    } catch (error) {
      const { message } = failureDetail(error);
      return { ...place, rows: null, refusals: null, errors: null, leaks: null, problem: message };
    }
  }

  async testSet(): Promise<OverviewTestSet | null> {
    const { files, workspace } = this.#dependencies;
    const file = workspace.paths.testSet;
    if (!(await files.exists(file))) return null;
    const hash = await sha256OfFile(file);
    try {
      const { rows } = await this.#statsOf(file, hash);
      return { file, hash, rows, problem: null };
    } catch (error) {
      return { file, hash, rows: null, problem: failureDetail(error).message };
    }
  }

  async adapter(version: string): Promise<OverviewAdapter> {
    const { adapterHash, record, gate } = await this.#dependencies.models.open(version);
    return {
      version,
      hash: adapterHash,
      base: record.spec.base.name,
      baseHash: record.baseHash,
      dataset: record.spec.datasetName,
      datasetHash: record.datasetHash,
      gatePassed: gate?.passed ?? null,
      prompt: trainedPrompt(record),
      training: isTrained(record)
        ? {
            rows: record.rows.trained,
            epochs: record.epochs,
            stoppedEarly: record.stoppedEarly,
            bestMetric: record.bestMetric,
          }
        : null,
    };
  }

  async results(version: string): Promise<OverviewResults> {
    const file = this.#dependencies.workspace.paths.results(version);
    const hash = await sha256OfFile(file);
    const { side, stamp } = await this.#figuresOf(version, file, hash);
    const examples = stamp?.promptUse?.examples ?? null;
    return {
      version,
      file,
      hash,
      stamp:
        stamp === null
          ? null
          : {
              runId: stamp.runId,
              base: stamp.base,
              adapter: stamp.adapter,
              dataset: stamp.dataset,
              testSet: stamp.testSet,
              prompt: stamp.prompt,
              promptName: stamp.promptUse?.name ?? "suggest",
              examplesFrom: examples?.dataset ?? null,
              // Earlier stamps have the examples' dataset in place of the one that a prompted version wasn't trained on.
              examplesHash: examples?.datasetHash ?? (stamp.adapter === null ? stamp.dataset : null),
              judge: stamp.judge.model ?? stamp.judge.kind,
            },
      scale: side.scale,
      rows: side.rows,
      unscored: side.unscored,
      headlines: headlinesOf(side),
    };
  }

  /**
   * Returns what the comparison of the prompted base with the newest adapter said. Null until the user has made it with
   * these results: showing the decision is a look at the held-out rows, which only a comparison counts.
   */
  async decided(
    facts: Pick<Overview, "adapters" | "results">,
    openings: readonly Opening[],
  ): Promise<PromptQuestion["decided"]> {
    const { workspace } = this.#dependencies;
    const pair = promptPair(facts);
    if (pair === null) return null;
    const baseline = resultsBehind(pair.baseline, facts);
    const candidate = resultsBehind(pair.candidate, facts);
    if (baseline === null || candidate === null) return null;
    // The sample is read-only: no looks at its rows are counted.
    if (!workspace.sample && !wasCompared(openings, pair, [...baseline, ...candidate])) return null;
    const one = await this.#side(pair.baseline, baseline);
    const other = await this.#side(pair.candidate, candidate);
    const found = await this.readable("the comparison with the prompted base", async () => {
      const { comparison } = await this.#ask(`compare ${one.key} ${other.key}`, {
        kind: "compare",
        baseline: one.file,
        candidate: other.file,
        settings: ComparisonSettingsSchema.parse({}),
        pooledSlices: workspace.config.slicePools ?? {},
        withShift: false,
      });
      const { decision, n, metrics } = comparison;
      return { decision, rows: n, metrics };
    });
    return found[0] ?? null;
  }

  async #side(name: string, behind: readonly OverviewResults[]) {
    const { files, workspace } = this.#dependencies;
    const revisions = behind.map(async ({ version, hash }) =>
      revisionOf(files, hash, await correctionFiles(files, workspace, version)),
    );
    const key = `${name} ${(await Promise.all(revisions)).join(" ")}`;
    return { key, file: await versionFiles(files, workspace, name) };
  }

  async baseHash(): Promise<string | null> {
    const { bases, workspace } = this.#dependencies;
    const { gguf } = await bases.inspect(workspace);
    return gguf === null ? null : bases.hashOf(gguf);
  }

  async latestRun(): Promise<LatestRun | null> {
    const [run] = (await this.#dependencies.runs.list()).runs;
    return run === undefined ? null : { id: run.id, title: run.title, status: run.status };
  }

  /** Returns what `read` does in a list, or an empty list when it fails. The failure is recorded. */
  async readable<One>(what: string, read: () => Promise<One>): Promise<One[]> {
    try {
      return [await read()];
    } catch (error) {
      this.unreadable.push({ what, problem: failureDetail(error).message });
      return [];
    }
  }
}

/** Returns the results of a version, or of all its seeds; null where some are missing. */
function resultsBehind(
  name: string,
  { adapters, results }: Pick<Overview, "adapters" | "results">,
): OverviewResults[] | null {
  const seeds = membersOf(
    name,
    [...adapters, ...results].map(({ version }) => version),
  );
  const versions = seeds.length === 0 ? [name] : seeds;
  const found = results.filter(({ version }) => versions.includes(version));
  return found.length === versions.length ? found : null;
}

/** Returns whether two versions were compared after both were evaluated. A run's ID starts with its time. */
function wasCompared(
  openings: readonly Opening[],
  pair: { readonly baseline: string; readonly candidate: string },
  results: readonly OverviewResults[],
): boolean {
  const evaluated = results.map(({ stamp }) => stamp?.runId.slice(0, 15) ?? "");
  return openings.some(
    ({ at, baseline: one, candidate: other }) =>
      one === pair.baseline &&
      other === pair.candidate &&
      evaluated.every((time) => at.replace(/[-:]/g, "").slice(0, 15) >= time),
  );
}

/**
 * Creates the overview of a workspace. Slow answers depend only on file contents and are cached by hash, so that a
 * repeated overview only hashes the files.
 */
export function createOverview(dependencies: OverviewDependencies): () => Promise<Overview> {
  const { files, workspace, platform, cache } = dependencies;

  return coalesced(async () => {
    const session = cache.session();
    const reader = new OverviewReader(dependencies, session);
    const there = await describeWorkspace(files, workspace);
    const trained = all(there.versions, (one) => reader.readable(`model_${one}`, () => reader.adapter(one)));
    const evaluated = all(there.results, (one) =>
      reader.readable(`model_${one}-results.csv`, () => reader.results(one)),
    );
    const facts = {
      baseHash: await reader.baseHash(),
      prompts: (await listPrompts({ platform, files, workspace })).map(({ name, hash }) => ({ name, hash })),
      testSet: await reader.testSet(),
      datasets: await all(there.datasets, (one) => reader.dataset(one)),
      adapters: (await trained).flat(),
      results: (await evaluated).flat(),
    };
    const stale = staleOf(facts);
    const openings = await listOpenings(files, workspace.paths.state).catch(() => []);
    const decided = await reader.decided(facts, openings);
    await session.commit();
    const next = nextStep({
      ...facts,
      sample: workspace.sample,
      stale,
      latestRun: await reader.latestRun(),
      compared: openings.flatMap(({ baseline, candidate, testSet }) =>
        testSet === facts.testSet?.hash ? [[baseline, candidate] as const] : [],
      ),
    });
    const { name, base } = workspace.config;
    const { folder, sample } = workspace;
    return {
      name,
      folder,
      sample,
      base,
      ...facts,
      unreadable: reader.unreadable,
      stale,
      next,
      promptQuestion: promptQuestion({ ...facts, stale, decided }),
    };
  });
}

const mostAtOnce = 4;

/** Maps in order with limited concurrency, because each call may use much memory for a moment. */
async function all<One, Made>(every: readonly One[], make: (one: One) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < every.length; at += mostAtOnce) {
    made.push(...(await Promise.all(every.slice(at, at + mostAtOnce).map(make))));
  }
  return made;
}
