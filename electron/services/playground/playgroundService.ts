import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { contentFor } from "../../../shared/domain/prompt/template.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import { grammarOf, hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { EngineInfo, ModelRef } from "../../../shared/schema/inference.ts";
import type {
  PlaygroundEvent,
  PlaygroundRequest,
  PlaygroundVersion,
} from "../../../shared/schema/suggest.ts";
import { untrainedVersions } from "../../../shared/schema/workspace.ts";
import { AsyncQueue } from "../async/asyncQueue.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { AcceleratorLease } from "../lease/lease.ts";
import { promptOfVersion } from "../model/modelPrompt.ts";
import { gateWord, type ModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import type { ReadyPrompt } from "../prompts/versionPrompt.ts";
import { describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import { generateAnswers } from "./answers.ts";
import { suggestionOf } from "./suggestion.ts";

export interface PlaygroundService {
  /** Returns the base and every adapter, each with the problem that prevents its use. */
  versions(): Promise<PlaygroundVersion[]>;
  /**
   * Runs one description through several versions, one after another. Generation stops when the reader leaves or the
   * signal aborts. A problem of one version is its `failed` event. A problem of all versions is thrown.
   */
  stream(request: PlaygroundRequest, signal?: AbortSignal): AsyncGenerator<PlaygroundEvent>;
}

export interface PlaygroundDependencies {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly inference: InferenceService;
  readonly bases: BaseModels;
  readonly models: ModelStore;
  readonly lease: AcceleratorLease;
}

/** The holder's name, shown to those who wait for the accelerator. */
const holderName = "the playground";

/** The playground asks each version with its usual prompt. */
const usual = { prompt: null, seed: 1, dataset: null, anyway: false };

type Emit = (event: PlaygroundEvent) => void;

/** Returns why a version can't be asked with its usual prompt; null if it can. */
async function problemOf(setting: PlaygroundDependencies, version: string): Promise<string | null> {
  try {
    await promptOfVersion(setting, { ...usual, version });
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.message;
  }
}

export function createPlaygroundService(setting: PlaygroundDependencies): PlaygroundService {
  const { files, workspace, bases, models, lease } = setting;

  async function entryOf(version: string, base: BaseModel): Promise<PlaygroundVersion> {
    try {
      const model = await models.open(version);
      const { adapterHash, record } = model;
      return {
        version,
        adapter: adapterHash,
        gate: gateWord(model),
        dataset: record.spec.datasetName,
        problem:
          record.baseHash === base.hash
            ? await problemOf(setting, version)
            : "it was trained on a different base model",
      };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { version, adapter: null, gate: null, dataset: null, problem: error.message };
    }
  }

  async function serve(request: PlaygroundRequest, signal: AbortSignal, emit: Emit): Promise<void> {
    const run = () => askVersions(setting, request, signal, emit);
    const onWait = (holder: string) => emit({ kind: "waiting", holder });
    await lease.hold(holderName, run, { signal, onWait });
  }

  return {
    async versions() {
      const { versions } = await describeWorkspace(files, workspace);
      const untuned = { adapter: null, gate: null, dataset: null };
      if ((await bases.locate(workspace.folder, workspace.config.base)) === null) {
        const { message: problem } = baseIsMissing(workspace);
        return [...untrainedVersions, ...versions].map((version) => ({ version, ...untuned, problem }));
      }
      const base = await openBase(setting, new AbortController().signal);
      const entries = await Promise.all(versions.map((version) => entryOf(version, base)));
      const plain = await Promise.all(
        untrainedVersions.map(async (version) => {
          return { version, ...untuned, problem: await problemOf(setting, version) };
        }),
      );
      return [...plain, ...entries];
    },

    async *stream(request, outer) {
      const gone = new AbortController();
      const signal = outer === undefined ? gone.signal : AbortSignal.any([outer, gone.signal]);
      const queue = new AsyncQueue<PlaygroundEvent>();
      const served = serve(request, signal, (event) => queue.push(event))
        .then(() => null)
        .catch((error: unknown) => ({ error }))
        .finally(() => queue.close());
      try {
        yield* queue;
        const ended = await served;
        // A reader that has left can't receive the error.
        if (ended !== null && !signal.aborted) throw ended.error;
      } finally {
        gone.abort(new Failure("cancelled", "the client disconnected"));
      }
    },
  };
}

function baseIsMissing({ config }: Workspace): Failure {
  return new Failure("missing", `the base ${config.base} isn't on this machine`, {
    hint: "Download it in Settings, or select another base there.",
  });
}

/** Opens a base that is on disk. Downloads nothing, because that takes long and needs a request. */
async function openBase(
  { bases, workspace }: PlaygroundDependencies,
  signal: AbortSignal,
): Promise<BaseModel> {
  if ((await bases.locate(workspace.folder, workspace.config.base)) === null) throw baseIsMissing(workspace);
  return bases.open(workspace, { signal, onProgress: () => {} });
}

/** What all versions of one request share. */
interface Question {
  readonly request: PlaygroundRequest;
  readonly base: BaseModel;
}

async function askVersions(
  setting: PlaygroundDependencies,
  request: PlaygroundRequest,
  signal: AbortSignal,
  emit: Emit,
): Promise<void> {
  emit({ kind: "loading" });
  const question = { request, base: await openBase(setting, signal) };
  for (const version of request.versions) {
    signal.throwIfAborted();
    try {
      await askVersion(setting, question, version, signal, emit);
    } catch (error) {
      // A version that is missing or doesn't load must not stop the others.
      if (signal.aborted || !(error instanceof Failure) || error.code === "cancelled") throw error;
      emit({ kind: "failed", version, failure: failureDetail(error) });
    }
  }
}

/** Returns what one version is asked. @throws Failure `bad-value` for a description that is too long for the base */
async function contentOf(
  setting: PlaygroundDependencies,
  { request, base }: Question,
  version: string,
): Promise<{ ready: ReadyPrompt; engine: EngineInfo; promptTokens: number }> {
  const { inference } = setting;
  const { ready } = await promptOfVersion(setting, { ...usual, version, seed: request.seed });
  const content = contentFor(ready, request.description);
  const model: ModelRef = { gguf: base.gguf, adapter: null };
  const engine = await inference.describe(model);
  const promptTokens = (await inference.tokenize(model, [content], true))[0]?.length ?? 0;
  refuseLongPrompt(promptTokens, request, engine);
  return { ready, engine, promptTokens };
}

function refuseLongPrompt(tokens: number, { maxTokens, description }: PlaygroundRequest, engine: EngineInfo) {
  const room = engine.contextSize - maxTokens;
  if (tokens <= room) return;
  const share = Math.max(1, Math.floor((description.length * room) / tokens));
  throw new Failure(
    "bad-value",
    `the description takes ${tokens} tokens with its prompt, but only ${Math.max(0, room)} fit: the base reads ${engine.contextSize}, and ${maxTokens} are reserved for the answer`,
    {
      hint: `Shorten the description to about ${share} characters, or request fewer tokens.`,
      column: "description",
    },
  );
}

async function askVersion(
  setting: PlaygroundDependencies,
  question: Question,
  version: string,
  signal: AbortSignal,
  emit: Emit,
): Promise<void> {
  const { inference, models } = setting;
  const { request, base } = question;
  const stored = hasAdapter(version) ? await models.open(version) : null;
  if (stored !== null) refuseOtherBase(version, stored.record.baseHash, base);
  const { ready, engine, promptTokens } = await contentOf(setting, question, version);
  const model = await models.engineModel(base, version, signal);
  emit({ kind: "started", version, promptTokens, engine });
  const { rows, adapter } = await generateAnswers(inference, {
    model,
    ready,
    descriptions: [request.description],
    decoding: request.decoding,
    seed: request.seed,
    choice: {
      temperature: request.temperature,
      maxTokens: request.maxTokens,
      grammar: grammarOf(version, request.grammar),
      refusalThreshold: thresholdOf(setting.workspace.config, version).threshold,
    },
    signal,
    onDelta: (text) => emit({ kind: "text", version, text }),
  });
  const [row] = rows;
  if (row === undefined) throw new Error(`nothing was generated by ${version}`);
  // The engine can't report an adapter that is merged into the file it runs.
  const active = activeAdapter(version, stored?.adapterGguf === null ? stored.adapterHash : adapter);
  emit({
    kind: "done",
    version,
    suggestion: suggestionOf(request.description, row, ready.refusal),
    text: row.text,
    stop: row.stop,
    tokens: row.tokens,
    adapter: active,
    base: { name: base.name, hash: base.hash },
  });
}

function refuseOtherBase(version: string, trainedOn: string, base: BaseModel): void {
  if (trainedOn === base.hash) return;
  throw new Failure(
    "bad-value",
    `${version} was trained on a different base model than this workspace uses now`,
    {
      hint: `Train it again on ${base.name}, or restore the previous base in Settings.`,
    },
  );
}

/** Returns the adapter that the engine reports, not the one that was requested. */
function activeAdapter(version: string, adapter: string | null | undefined) {
  return adapter === undefined || adapter === null ? null : { version, hash: adapter };
}
