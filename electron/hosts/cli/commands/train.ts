import { Failure } from "../../../../shared/domain/failure.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { overridesFrom } from "../../../../shared/domain/training/overrides.ts";
import { seedRequests } from "../../../../shared/domain/training/seedRequests.ts";
import { timesFaster } from "../../../../shared/domain/training/speed.ts";
import { exitCodeOf } from "../../../../shared/schema/failure.ts";
import type { GateResult } from "../../../../shared/schema/parity.ts";
import { PresetNameSchema } from "../../../../shared/schema/training.ts";
import type { TrainingPlan } from "../../../../shared/schema/trainingPlan.ts";
import { type TrainingReport, TrainingResultSchema } from "../../../../shared/schema/trainingRun.ts";
import type { SpeedSetting, TrainingSpeed } from "../../../../shared/schema/trainingSpeed.ts";
import { confirm } from "../confirm.ts";
import type { Client, CommandContext } from "../context.ts";
import { follow } from "../follow.ts";
import { forEachVersion } from "../forEachVersion.ts";
import type { CommandInput, Handler } from "../handler.ts";
import { optionalNumber, optionalText, optionalWord } from "../options.ts";
import { table } from "../output.ts";
import { showingPreparation } from "../preparation.ts";
import { trainingPlanText } from "../trainingPlanText.ts";

function gateText(gate: GateResult): string {
  return gate.passed ? "passed" : "failed";
}

function trainingText({ runs }: TrainingReport, shortPath: (file: string) => string): string {
  return table(runs, [
    { title: "version", value: ({ version }) => version },
    { title: "status", value: ({ status }) => status },
    { title: "best eval loss", align: "right", value: ({ bestEvalLoss }) => formatNumber(bestEvalLoss, 4) },
    { title: "epochs", align: "right", value: ({ epochs }) => formatNumber(epochs, 1) },
    { title: "parity gate", value: (run) => (run.parity === null ? "–" : gateText(run.parity)) },
    { title: "adapter", value: (run) => (run.adapter === null ? run.reason : shortPath(run.adapter)) },
  ]);
}

const settingText = ({ threads, workers, batchSize, gradientAccumulation }: SpeedSetting): string =>
  `${pluralize(threads, "thread")}, ${pluralize(workers, "loader process", "loader processes")}, batch ${batchSize} × ${gradientAccumulation}`;

function speedText(speed: TrainingSpeed): string {
  if (speed.sameBatch === null)
    return "Couldn't measure any setting within a minute: this model is too large.";
  const chosen = (name: string, setting: SpeedSetting | null): string => {
    const times = timesFaster(speed, setting);
    if (setting === null || times === null) return "";
    return `${name}: ${settingText(setting)} (${formatNumber(times, 2)}× the preset)`;
  };
  const rows = table(speed.measured, [
    { title: "setting", value: settingText },
    { title: "tokens/s", align: "right", value: ({ tokensPerSecond }) => formatCount(tokensPerSecond) },
  ]);
  const lines = [
    rows,
    "",
    chosen("Trainings on this machine now use", speed.sameBatch),
    chosen("With --fastest-batch", speed.fastest),
    speed.complete ? "" : "Time ran out before every setting was measured.",
  ];
  return lines.filter((line, at) => line !== "" || at === 1).join("\n");
}

/** Handles `--probe`: measures on the first requested version, without training. */
async function probe(context: CommandContext, { options }: CommandInput): Promise<number> {
  const client = await context.client("read");
  const [first] = options.version === "all" ? await client.training.versions() : [String(options.version)];
  if (first === undefined) {
    throw new Failure("missing", "this workspace has no dataset to measure with", {
      hint: "Import one with `namewright dataset import FILE`.",
    });
  }
  context.progress.note("measuring threads, loader processes and batches, for at most one minute …");
  const speed = await client.training.probe(
    {
      version: first,
      preset: optionalWord(options, "preset", PresetNameSchema.options),
      overrides: overridesFrom(Array.isArray(options.set) ? options.set.map(String) : []),
    },
    { signal: context.signal },
  );
  const report: TrainingReport = { runs: [], probe: speed };
  context.print(report, () => speedText(speed));
  return 0;
}

/** Returns the request that the options describe. */
function requestOf(version: string, { options }: CommandInput) {
  return {
    version,
    preset: optionalWord(options, "preset", PresetNameSchema.options),
    seed: optionalNumber(options, "seed") ?? 1,
    epochs: optionalNumber(options, "epochs"),
    overrides: overridesFrom(Array.isArray(options.set) ? options.set.map(String) : []),
    fastestBatch: options.fastestBatch === true,
    anyway: options.anyway === true,
    ...optionalText(options, "prompt"),
  };
}

/** Handles `--plan`: prints what the Train screen shows. Returns 1 when something prevents a training. */
async function plan(context: CommandContext, input: CommandInput): Promise<number> {
  const { options } = input;
  const client = await context.client("read");
  const versions = options.version === "all" ? await client.training.versions() : [String(options.version)];
  const plans: TrainingPlan[] = [];
  const seeds = optionalNumber(options, "seeds") ?? 1;
  for (const version of versions)
    plans.push(await client.training.plan({ ...requestOf(version, input), seeds }));
  const report: TrainingReport = { runs: [], plans };
  context.print(report, () => plans.map(trainingPlanText).join("\n\n"));
  const isPrevented = plans.some(({ findings }) => findings.some(({ severity }) => severity === "error"));
  return isPrevented ? exitCodeOf["check-failed"] : 0;
}

/** Asks before the adapters of versions are replaced. */
async function confirmReplacing(context: CommandContext, versions: readonly string[]): Promise<void> {
  if (versions.length === 0) return;
  const have = versions.length === 1 ? "already has an adapter" : "already have adapters";
  const what = `${versions.join(", ")} ${have}. A new adapter replaces the old one after passing the parity gate, and the results so far become stale. The old one can be promoted again.`;
  await confirm(context, what, "Train again?");
}

/** Trains one seed, and resumes it where it was stopped. Returns the result of one that is trained already. */
async function trainSeed(
  context: CommandContext,
  client: Client,
  request: ReturnType<typeof requestOf>,
): Promise<unknown> {
  const { run, state } = await client.training.ensure(request);
  const { version, seed } = request;
  if (state === "trained") {
    context.progress.note(`${version} is already trained with seed ${seed}`);
    return (await client.run.show({ id: run.id })).result;
  }
  if (state === "resumed") context.progress.note(`${version}: resuming run ${run.id}`);
  return follow(context, client, run, `train ${version}`);
}

export const train: Handler = async (context, input) => {
  const { options } = input;
  if (options.probe === true) return probe(context, input);
  if (options.plan === true) return plan(context, input);
  const client = await context.client("write");
  const versions = options.version === "all" ? await client.training.versions() : [String(options.version)];
  const seeds = optionalNumber(options, "seeds") ?? 1;
  const requests = versions.flatMap((version) => seedRequests(requestOf(version, input), seeds));
  const trainings = requests.map(({ version }) => version);
  const replaced: string[] = [];
  for (const version of versions)
    replaced.push(...(await client.training.replaces({ ...requestOf(version, input), seeds })));
  await confirmReplacing(context, replaced);
  const { done, exitCode } = await forEachVersion(context, trainings, options.stopOnError === true, {
    run: (version) =>
      showingPreparation(context, client, async () => {
        const request = requests.find((one) => one.version === version) ?? requestOf(version, input);
        if (seeds > 1) return TrainingResultSchema.parse(await trainSeed(context, client, request));
        const run = await client.training.start(request);
        return TrainingResultSchema.parse(await follow(context, client, run, `train ${version}`));
      }),
    failed: (version, status, reason) => ({
      runId: null,
      version,
      status,
      reason,
      adapter: null,
      gguf: null,
      bestEvalLoss: null,
      epochs: null,
      stoppedEarly: null,
      parity: null,
    }),
  });
  const report: TrainingReport = { runs: done };
  context.print(report, () => trainingText(report, (file) => context.shortPath(file)));
  return exitCode;
};
