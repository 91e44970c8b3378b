import { Failure } from "../../../shared/domain/failure.ts";
import type { GeneratedRow, GenerationRow, TokenChoice } from "../../../shared/schema/inference.ts";
import type { Lane, LaneSet } from "./lanes.ts";
import type { LoadedModel } from "./loadedModel.ts";
import { measureRefusal, withRefusalLogits } from "./refusal.ts";
import { RowProgress } from "./rowProgress.ts";
import { promptIds } from "./vocabulary.ts";

export interface GenerationOptions {
  readonly rows: readonly GenerationRow[];
  readonly choice: TokenChoice;
  readonly sharedPrefix: string;
  readonly refusalProbability: boolean;
}

/** Receives progress while rows are generated. */
export interface GenerationListener {
  started(key: string): void;
  /** Receives the row's text so far, or null if it isn't needed. */
  readonly delta: ((key: string, text: string) => void) | null;
  row(row: GeneratedRow): void;
  evaluated(tokens: number): void;
}

/**
 * Returns the ids that all prompts with this prefix share. They are found from contents with different continuations,
 * because a tokenizer may merge the end of the prefix with the next text. Independent of the rows, so the same after a
 * resume.
 */
function prefixIds(model: LoadedModel, sharedPrefix: string): number[] {
  if (sharedPrefix === "") return [];
  const [first = [], ...others] = ["a", "Z", "5", "(", "é"].map((next) =>
    promptIds(model.model, model.control, sharedPrefix + next),
  );
  const differs = first.findIndex((id, index) => others.some((other) => other[index] !== id));
  return first.slice(0, Math.max(0, differs));
}

function promptOf(model: LoadedModel, row: GenerationRow, maxTokens: number): number[] {
  const reserved = model.control.reserved.find((word) => row.content.includes(word));
  if (reserved !== undefined) {
    throw new Failure(
      "bad-value",
      `row ${row.key} contains ${reserved}, which ends the prompt of this base model`,
      { hint: "Remove it from the description." },
    );
  }
  const ids = promptIds(model.model, model.control, row.content);
  const { contextSize } = model.info;
  if (ids.length + maxTokens > contextSize) {
    throw new Failure(
      "bad-value",
      `the prompt of row ${row.key} has ${ids.length} tokens; the maximum is ${contextSize - maxTokens}`,
      {
        hint: "Shorten the description, or load the model with a larger context.",
      },
    );
  }
  return ids;
}

/**
 * Generates all rows, one per lane at a time. Ends early, without an error, when `signal` aborts. Throws `Failure`
 * `bad-value` for a row whose prompt doesn't fit, before anything is evaluated. Returns the ID of the adapter in use.
 */
export async function generateRows(
  model: LoadedModel,
  openLanes: () => Promise<LaneSet>,
  options: GenerationOptions,
  listener: GenerationListener,
  signal: AbortSignal,
): Promise<string | null> {
  const waiting = options.rows.map((row) => ({
    row,
    prompt: promptOf(model, row, options.choice.maxTokens),
  }));
  const prefix = prefixIds(model, options.sharedPrefix);
  for (;;) {
    const lanes = await openLanes();
    await lanes.sharePrefix(prefix);
    await generateWaiting(model, lanes, { waiting, options }, listener, signal);
    if (waiting.length === 0 || signal.aborted) return lanes.adapter;
    await model.reopen();
  }
}

interface Waiting {
  readonly waiting: { row: GenerationRow; prompt: readonly number[] }[];
  readonly options: GenerationOptions;
}

/** Takes rows from `waiting` and generates them, until there are none or other lanes may be faster. */
async function generateWaiting(
  model: LoadedModel,
  lanes: LaneSet,
  { waiting, options }: Waiting,
  listener: GenerationListener,
  signal: AbortSignal,
): Promise<void> {
  const working = new Map<Lane, RowProgress>();
  const finish = async (lane: Lane, progress: RowProgress): Promise<void> => {
    working.delete(lane);
    await lanes.close(lane);
    listener.row(progress.result());
  };
  let ending = false;
  while (!signal.aborted) {
    ending ||= model.isWorthReopening;
    for (const lane of ending ? [] : lanes.lanes) {
      if (working.has(lane)) continue;
      const next = waiting.shift();
      if (next === undefined || signal.aborted) break;
      const progress = await beginRow(model, lanes, lane, next, options, listener);
      working.set(lane, progress);
      if (progress.finished) await finish(lane, progress);
    }
    if (working.size === 0) {
      if (waiting.length === 0 || ending) break;
      continue;
    }
    await stepRows(lanes, working, listener);
    for (const [lane, progress] of [...working]) if (progress.finished) await finish(lane, progress);
  }
  for (const lane of working.keys()) await lanes.close(lane);
}

async function beginRow(
  model: LoadedModel,
  lanes: LaneSet,
  lane: Lane,
  { row, prompt }: { row: GenerationRow; prompt: readonly number[] },
  options: GenerationOptions,
  listener: GenerationListener,
): Promise<RowProgress> {
  listener.started(row.key);
  const progress = new RowProgress(model, row, options.choice);
  const choice = progress.logitChoice;
  const first = await lanes.open(
    lane,
    prompt,
    options.refusalProbability ? withRefusalLogits(model, choice) : choice,
  );
  listener.evaluated(prompt.length - lanes.prefixLength);
  progress.begin(first, options.refusalProbability ? await measureRefusal(model, lane, first) : null);
  listener.delta?.(row.key, progress.text);
  return progress;
}

async function stepRows(
  lanes: LaneSet,
  working: ReadonlyMap<Lane, RowProgress>,
  listener: GenerationListener,
): Promise<void> {
  const rows = [...working];
  const steps = rows.map(([lane, progress]) => ({
    lane,
    id: progress.lastId,
    choice: progress.logitChoice,
  }));
  const results = await lanes.step(steps);
  listener.evaluated(rows.length);
  for (const [index, [, progress]] of rows.entries()) {
    const next = results[index];
    if (next === undefined) throw new Error("a lane returned no result");
    progress.take(next);
    listener.delta?.(progress.row.key, progress.text);
  }
}
