import path from "node:path";
import { labelWarnings } from "../../../shared/domain/comparison/labelWarnings.ts";
import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { CanaryAlarm } from "../../../shared/domain/judging/canary.ts";
import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import { isAtOwnThreshold } from "../../../shared/domain/workspace/threshold.ts";
import type { DecisionSettings } from "../../../shared/schema/comparison.ts";
import {
  type EvaluationResult,
  EvaluationResultSchema,
  type EvaluationSpec,
  EvaluationSpecSchema,
} from "../../../shared/schema/evaluation.ts";
import type { NamesVerdict } from "../../../shared/schema/judge.ts";
import type { Results, Stamp } from "../../../shared/schema/result.ts";
import { AsyncQueue } from "../async/asyncQueue.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { versionFigures } from "../results/versionFigures.ts";
import { pausing } from "../run/pauseGate.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Workspace } from "../workspace/workspace.ts";
import {
  atOutputPlaces,
  isJudged,
  judgeableNames,
  resultRow,
  type Sample,
  samplesOf,
} from "./evaluateRows.ts";
import { keepOtherThreshold } from "./keepOtherThreshold.ts";
import type { LabelledRow } from "./labelledRows.ts";
import {
  type Engine,
  engineEvent,
  type Finished,
  type Generated,
  generatedEvent,
  readFinished,
  sampleKey,
  verdictEvent,
} from "./rowJournal.ts";

/** A row for the judge, which sees neither version nor label. */
interface RowToJudge {
  readonly key: string;
  readonly description: string;
  readonly names: string[];
}

/** The steps of an evaluation that need other services. */
export interface EvaluationSteps {
  readonly files: FileLayer;
  readonly workspace: Pick<Workspace, "config" | "paths" | "writing">;
  /** Returns the hashes of the current inputs, to refuse a resume when they changed. */
  currentInputs(spec: EvaluationSpec, context: RunContext): Promise<EvaluationSpec["inputs"]>;
  testRows(spec: EvaluationSpec, context: RunContext): Promise<LabelledRow[]>;
  generate(request: {
    spec: EvaluationSpec;
    samples: readonly Sample[];
    context: RunContext;
    /** Aborted by a cancel or when the judge fails, because more rows would be useless. */
    signal: AbortSignal;
    onGenerated(generated: Generated): Promise<void>;
    onEngine(engine: Engine): Promise<void>;
  }): Promise<void>;
  judge(
    spec: EvaluationSpec,
    rows: AsyncIterable<RowToJudge>,
    context: RunContext,
    onVerdict: (key: string, verdict: NamesVerdict) => Promise<void>,
  ): Promise<readonly CanaryAlarm[]>;
  stampFacts(spec: EvaluationSpec): Promise<Pick<Stamp, "gate" | "tunedOnTest">>;
}

/** Generates on the test set and judges rows as they arrive. Each row is in the journal before the next is counted. */
export function evaluationKind(steps: EvaluationSteps): RunKindDefinition<EvaluationSpec, EvaluationResult> {
  const { files, workspace } = steps;
  return {
    kind: "evaluation",
    spec: EvaluationSpecSchema,
    result: EvaluationResultSchema,
    pausing: "in-place",
    title: ({ version, results = version, inputs }) =>
      `evaluate ${results} with the ${inputs.judge.kind} judge`,
    async body(spec, context) {
      assertUnchanged(
        "evaluation",
        spec.inputs,
        await steps.currentInputs(spec, context),
        "Start a new evaluation. This one would mix two revisions. Its rows stay in the run's folder.",
      );
      const rows = await steps.testRows(spec, context);
      const samples = samplesOf(rows, spec.decoding);
      const finished = readFinished(context.previous);
      const state = await generateAndJudge(spec, samples, finished, steps, context);
      const stamp: Stamp = {
        version: spec.version,
        runId: context.runId,
        ...spec.inputs,
        ...(spec.promptUse === undefined ? {} : { promptUse: spec.promptUse }),
        decoding: spec.decoding,
        ...(spec.thresholdFrom === undefined ? {} : { thresholdFrom: spec.thresholdFrom }),
        ...state.engine,
        ...(await steps.stampFacts(spec)),
        ...canaryFlag(state.alarms),
      };
      const results: Results = {
        stamp,
        rows: samples.map((sample) => {
          const key = sampleKey(sample.test.row, sample.sample);
          const generated = state.generated.get(key);
          if (generated === undefined) throw new Error(`no output for sample ${key}`);
          return resultRow(sample, generated, state.verdicts.get(key) ?? null, spec.promptUse?.refusal);
        }),
      };
      await context.emit({ kind: "stage", stage: "report" });
      const text = writeResults(results);
      await files.writeAtomic(path.join(context.folder, "results.csv"), text);
      const name = spec.results ?? spec.version;
      const file = workspace.paths.results(name);
      const moved = await workspace.writing(`write the results of ${name}`, async () => {
        const { decoding } = spec;
        const warning = isAtOwnThreshold(name)
          ? await keepOtherThreshold(files, workspace, name, { decoding, folder: context.folder })
          : null;
        await files.writeAtomic(file, text);
        return warning;
      });
      if (moved !== null) await context.emit({ kind: "warning", ...moved });
      return {
        runId: context.runId,
        version: name,
        status: "succeeded",
        results: file,
        ...judgedSummary(name, results, state.alarms, decisionPreset(workspace.config)),
      };
    },
  };
}

/** Returns the stamp's flag when canary scores moved, otherwise no fields. */
export function canaryFlag(alarms: readonly CanaryAlarm[]): Pick<Stamp, "canaryAlarms"> {
  return alarms.length === 0 ? {} : { canaryAlarms: alarms.map(({ id }) => id) };
}

/** Returns the figures of a run's results, with warnings where there is something to know before trusting them. */
export function judgedSummary(
  version: string,
  results: Results,
  alarms: readonly CanaryAlarm[],
  preset: DecisionSettings,
): Pick<EvaluationResult, "summary" | "warnings"> {
  const summary = versionFigures(version, results, preset);
  const warnings = [...alarms.map(({ message }) => ({ code: "canary", message })), ...labelWarnings(summary)];
  return { summary, ...(warnings.length === 0 ? {} : { warnings }) };
}

interface State {
  readonly engine: Engine;
  readonly generated: Map<string, Generated>;
  readonly verdicts: Map<string, NamesVerdict>;
  readonly alarms: readonly CanaryAlarm[];
}

async function generateAndJudge(
  spec: EvaluationSpec,
  samples: readonly Sample[],
  finished: Finished,
  steps: EvaluationSteps,
  context: RunContext,
): Promise<State> {
  const byKey = new Map(samples.map((sample) => [sampleKey(sample.test.row, sample.sample), sample]));
  const { generated, verdicts } = finished;
  let engine = finished.engine;
  const queue = new AsyncQueue<RowToJudge>();
  const progress = progressOf(samples.length, context);

  const settle = async (key: string) => {
    const sample = byKey.get(key);
    const output = generated.get(key);
    if (sample === undefined || output === undefined) return;
    if (verdicts.has(key) || !isJudged(sample, output.text)) {
      await progress();
      return;
    }
    const names = judgeableNames(parseCompletion(output.text).names).map(({ name }) => name);
    queue.push({ key, description: sample.test.description, names });
  };

  const judging = steps.judge(spec, pausing(queue, context.pause), context, async (key, verdict) => {
    const sample = byKey.get(key);
    const output = generated.get(key);
    if (sample === undefined || output === undefined) return;
    const placed = atOutputPlaces(verdict, parseCompletion(output.text).names);
    await context.emit(verdictEvent(sample.test.row, sample.sample, placed));
    verdicts.set(key, placed);
    await progress();
  });
  const refused = new AbortController();
  judging.catch((reason) => refused.abort(reason));

  await context.emit({ kind: "stage", stage: "generate" });
  for (const key of byKey.keys()) if (generated.has(key)) await settle(key);
  try {
    await runResumable(context, refused.signal, async (signal) => {
      const missing = samples.filter(({ test, sample }) => !generated.has(sampleKey(test.row, sample)));
      if (missing.length === 0) return;
      await steps.generate({
        spec,
        samples: missing,
        context,
        signal,
        async onEngine(current) {
          assertSameEngine(engine, current);
          if (engine === null) await context.emit(engineEvent(current));
          engine = current;
        },
        async onGenerated(output) {
          await context.emit(generatedEvent(output));
          const key = sampleKey(output.row, output.sample);
          generated.set(key, output);
          await settle(key);
        },
      });
    });
    await context.emit({ kind: "stage", stage: "judge" });
  } finally {
    queue.close();
    await judging;
  }
  const alarms = await judging;
  if (engine === null) throw new Error("rows were generated but no engine was named");
  return { engine, generated, verdicts, alarms };
}

function assertSameEngine(before: Engine | null, now: Engine): void {
  if (before === null || JSON.stringify(before) === JSON.stringify(now)) return;
  throw new Failure(
    "bad-value",
    `the engine changed since the run started: ${before.engine} → ${now.engine}`,
    {
      hint: "Start a new evaluation, so that all rows come from one engine.",
    },
  );
}

/**
 * Runs the work and restarts it with what is left after each pause, so that a paused run doesn't hold the accelerator.
 * Rows in progress are generated again, with the same text.
 */
async function runResumable(
  context: RunContext,
  refused: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (;;) {
    await context.pause.waitIfPaused(refused);
    const pause = context.pause.signal;
    try {
      return await work(AbortSignal.any([context.signal, refused, pause]));
    } catch (error) {
      if (!pause.aborted || context.signal.aborted || refused.aborted) throw error;
    }
  }
}

/**
 * Counts settled samples and reports progress to the journal at most twice a second and at the end. The remaining time
 * is estimated from the first sample on, because waiting and loading come before it.
 */
function progressOf(total: number, context: RunContext): () => Promise<void> {
  let started = 0;
  let done = 0;
  let reported = 0;
  return async () => {
    done += 1;
    const now = performance.now();
    if (done === 1) started = now;
    if (done < total && now - reported < 500) return;
    reported = now;
    const etaSeconds = done === 1 ? null : ((now - started) / 1000 / (done - 1)) * (total - done);
    await context.emit({ kind: "progress", done, total, unit: "rows", etaSeconds });
  };
}
