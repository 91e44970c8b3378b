import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { failureDetail } from "../../../shared/domain/failure.ts";
import { headlinesOf } from "../../../shared/domain/workspace/headlines.ts";
import { nextStep } from "../../../shared/domain/workspace/nextStep.ts";
import { promptPair, promptQuestion } from "../../../shared/domain/workspace/promptQuestion.ts";
import { membersOf } from "../../../shared/domain/workspace/seeds.ts";
import { staleOf, stampFacts } from "../../../shared/domain/workspace/stale.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type {
  ComputeRequest,
  ComputeResult,
  DatasetCheck,
  FileFigures,
  LookRequest,
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
import type { HeldoutLooks } from "../results/heldoutLooks.ts";
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
  readonly looks: Pick<HeldoutLooks, "find" | "at">;
  readonly cache: ComputeCache;
}

/** A results file to compare, and what its answers depend on. */
interface Side {
  readonly key: string;
  readonly file: LookRequest["baseline"];
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
    const settings = decisionPreset(workspace.config);
    const request = { kind: "figures", name: version, file, corrections, settings } as const;
    const revision = await revisionOf(files, hash, corrections);
    return (await this.#ask(`figures ${version} ${revision} ${JSON.stringify(settings)}`, request)).figures;
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
    const { side, stamp, integrity } = await this.#figuresOf(version, file, hash);
    return {
      version,
      file,
      hash,
      stamp: stamp === null ? null : stampFacts(stamp),
      integrity,
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
  async decided(facts: Pick<Overview, "adapters" | "results">): Promise<PromptQuestion["decided"]> {
    const pair = promptPair(facts);
    if (pair === null) return null;
    const baseline = resultsBehind(pair.baseline, facts);
    const candidate = resultsBehind(pair.candidate, facts);
    if (baseline === null || candidate === null) return null;
    const one = await this.#side(pair.baseline, baseline);
    const other = await this.#side(pair.candidate, candidate);
    const found = await this.readable("the comparison with the prompted base", () =>
      this.#decision(one, other),
    );
    return found[0] ?? null;
  }

  async #decision(one: Side, other: Side): Promise<PromptQuestion["decided"]> {
    const { workspace, looks } = this.#dependencies;
    const [baseline, candidate] = [one.file, other.file];
    const keys = `${one.key} ${other.key}`;
    const { look: of } = await this.#ask(`look ${keys}`, { kind: "look", baseline, candidate });
    const names = { baseline: baseline.name, candidate: candidate.name };
    const counted = of === null ? null : await looks.find({ kind: "decision", ...names, of });
    // The sample is read-only: no looks at its rows are counted.
    if (!workspace.sample && counted === null) return null;
    const place = counted === null ? "" : ` look ${counted.used} of ${counted.budget}`;
    const preset = decisionPreset(workspace.config);
    const { comparison } = await this.#ask(`compare ${keys}${place} ${JSON.stringify(preset)}`, {
      kind: "compare",
      baseline,
      candidate,
      // Nothing is shown of stale results.
      hashes: null,
      settings: ComparisonSettingsSchema.parse(preset),
      preset,
      looks: counted,
      pooledSlices: workspace.config.slicePools ?? {},
      withShift: false,
    });
    const { decision, n, metrics } = comparison;
    return { decision, rows: n, metrics, looks: comparison.looks };
  }

  async #side(name: string, behind: readonly OverviewResults[]): Promise<Side> {
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

/**
 * Creates the overview of a workspace. Slow answers depend only on file contents and are cached by hash, so that a
 * repeated overview only hashes the files.
 */
export function createOverview(dependencies: OverviewDependencies): () => Promise<Overview> {
  const { files, workspace, platform, looks, cache } = dependencies;

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
    const decided = await reader.decided(facts);
    const looked = facts.testSet === null ? [] : await looks.at(facts.testSet.hash, null).catch(() => []);
    await session.commit();
    const next = nextStep({
      ...facts,
      sample: workspace.sample,
      stale,
      latestRun: await reader.latestRun(),
      compared: looked.map(({ baseline, candidate }) => [baseline, candidate] as const),
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
