import { failureDetail } from "../../../shared/domain/failure.ts";
import { headlinesOf } from "../../../shared/domain/workspace/headlines.ts";
import { nextStep } from "../../../shared/domain/workspace/nextStep.ts";
import { staleOf } from "../../../shared/domain/workspace/stale.ts";
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
} from "../../../shared/schema/overview.ts";
import { coalesced } from "../async/coalesced.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { Compute } from "../compute/compute.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import type { ModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import { readPromptTemplate } from "../prompts/promptTemplate.ts";
import { correctionFiles, revisionOf } from "../results/correctedResults.ts";
import { listOpenings } from "../results/heldoutOpenings.ts";
import type { RunService } from "../run/runService.ts";
import { describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { AnswerMemory, Look } from "./computeCache.ts";

export interface OverviewDependencies {
  readonly platform: Pick<Platform, "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly bases: Pick<BaseModels, "look">;
  readonly models: Pick<ModelStore, "open">;
  readonly runs: Pick<RunService, "list">;
  readonly memory: AnswerMemory;
}

/**
 * Creates the overview of a workspace. Slow answers depend only on file contents and are cached by hash, so that a
 * repeated overview only hashes the files.
 */
export function createOverview(setting: OverviewDependencies): () => Promise<Overview> {
  const { files, workspace, compute, platform, bases, models, runs, memory } = setting;
  const { paths } = workspace;

  /** Computes once per key, which must name everything the answer depends on. */
  async function ask<Kind extends ComputeRequest["kind"]>(
    look: Look,
    key: string,
    request: Extract<ComputeRequest, { kind: Kind }>,
  ): Promise<Extract<ComputeResult, { kind: Kind }>> {
    const answer = await look.answer(key, () => compute.ask<Kind>(request));
    if (answer.kind !== request.kind) throw new Error(`asked for ${request.kind}, got ${answer.kind}`);
    return answer as Extract<ComputeResult, { kind: Kind }>;
  }

  async function figuresOf(look: Look, version: string, file: string, hash: string): Promise<FileFigures> {
    const corrections = await correctionFiles(files, workspace, version);
    const request = { kind: "figures", name: version, file, corrections } as const;
    const revision = await revisionOf(files, hash, corrections);
    return (await ask(look, `figures ${version} ${revision}`, request)).figures;
  }

  /** Null: the file is too large for a row-by-row check each time the overview opens. */
  async function checkOf(
    look: Look,
    file: string,
    hash: string,
    bytes: number,
  ): Promise<DatasetCheck | null> {
    if (bytes >= fileSizes.streamedFrom) return null;
    const testSet = (await files.exists(paths.testSet)) ? paths.testSet : null;
    const key = `check ${hash} ${testSet === null ? "" : await sha256OfFile(testSet)}`;
    return (await ask(look, key, { kind: "check", dataset: file, testSet })).check;
  }

  const statsOf = async (look: Look, file: string, hash: string) =>
    (await ask(look, `stats ${hash}`, { kind: "stats", file })).stats;

  async function dataset(look: Look, version: string): Promise<OverviewDataset> {
    const file = paths.dataset(version);
    const [bytes, hash] = [await files.size(file), await sha256OfFile(file)];
    const place = { version, file, bytes, hash };
    try {
      const { rows, refusals } = await statsOf(look, file, hash);
      const check = await checkOf(look, file, hash, bytes);
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

  async function testSet(look: Look): Promise<OverviewTestSet | null> {
    const file = paths.testSet;
    if (!(await files.exists(file))) return null;
    const hash = await sha256OfFile(file);
    try {
      const { rows } = await statsOf(look, file, hash);
      return { file, hash, rows, problem: null };
    } catch (error) {
      return { file, hash, rows: null, problem: failureDetail(error).message };
    }
  }

  async function adapter(version: string): Promise<OverviewAdapter> {
    const { adapterHash, record, gate } = await models.open(version);
    return {
      version,
      hash: adapterHash,
      base: record.spec.base.name,
      baseHash: record.baseHash,
      dataset: record.spec.datasetName,
      datasetHash: record.datasetHash,
      rowsTrained: record.rows.trained,
      gatePassed: gate.passed,
      epochs: record.epochs,
      stoppedEarly: record.stoppedEarly,
      bestMetric: record.bestMetric,
    };
  }

  async function results(look: Look, version: string): Promise<OverviewResults> {
    const file = paths.results(version);
    const hash = await sha256OfFile(file);
    const { side, stamp } = await figuresOf(look, version, file, hash);
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
              judge: stamp.judge.model ?? stamp.judge.kind,
            },
      scale: side.scale,
      rows: side.rows,
      unscored: side.unscored,
      headlines: headlinesOf(side),
    };
  }

  async function baseHash(): Promise<string | null> {
    const { gguf } = await bases.look(workspace);
    return gguf === null ? null : sha256OfFile(gguf);
  }

  async function latestRun(): Promise<LatestRun | null> {
    const [run] = (await runs.list()).runs;
    return run === undefined ? null : { id: run.id, title: run.title, status: run.status };
  }

  return coalesced(async () => {
    const look = memory.look();
    const there = await describeWorkspace(files, workspace);
    const unreadable: Overview["unreadable"] = [];
    const readable = async <One>(what: string, read: () => Promise<One>): Promise<One[]> => {
      try {
        return [await read()];
      } catch (error) {
        unreadable.push({ what, problem: failureDetail(error).message });
        return [];
      }
    };
    const trained = all(there.versions, (one) => readable(`model_${one}`, () => adapter(one)));
    const evaluated = all(there.results, (one) =>
      readable(`model_${one}-results.csv`, () => results(look, one)),
    );
    const facts = {
      baseHash: await baseHash(),
      promptHash: (await readPromptTemplate(files, platform.paths.resources)).hash,
      testSet: await testSet(look),
      datasets: await all(there.datasets, (one) => dataset(look, one)),
      adapters: (await trained).flat(),
      results: (await evaluated).flat(),
    };
    await look.keep();
    const stale = staleOf(facts);
    const openings = await listOpenings(files, paths.state).catch(() => []);
    const next = nextStep({
      ...facts,
      sample: workspace.sample,
      stale,
      latestRun: await latestRun(),
      compared: openings.flatMap(({ baseline, candidate, testSet }) =>
        testSet === facts.testSet?.hash ? [[baseline, candidate] as const] : [],
      ),
    });
    const { name, base } = workspace.config;
    const { folder, sample } = workspace;
    return { name, folder, sample, base, ...facts, unreadable, stale, next };
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
