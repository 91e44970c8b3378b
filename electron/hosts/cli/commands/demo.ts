import path from "node:path";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../../shared/domain/format/duration.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { AugmentationReportSchema } from "../../../../shared/schema/augmentation.ts";
import type { DemoReport } from "../../../../shared/schema/demo.ts";
import {
  type EvaluationRequest,
  type EvaluationResult,
  EvaluationResultSchema,
} from "../../../../shared/schema/evaluation.ts";
import { TrainingResultSchema } from "../../../../shared/schema/trainingRun.ts";
import { nodePlatform, packageRoot } from "../../node/nodePlatform.ts";
import { atDevThresholdsLines, comparisonText } from "../comparisonText.ts";
import { type Client, CommandContext } from "../context.ts";
import { figure } from "../figures.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalWord } from "../options.ts";
import { styled, table } from "../output.ts";
import { augmentationText } from "./augment.ts";
import { lintedText } from "./dataset.ts";
import { type DemoBase, demoBase } from "./demoBase.ts";

/** Runs stages one after the other and records their times. */
class Stages {
  readonly times: { stage: string; seconds: number }[] = [];
  readonly #context: CommandContext;
  readonly #total: number;

  constructor(context: CommandContext, total: number) {
    this.#context = context;
    this.#total = total;
  }

  async run<Result>(stage: string, work: () => Promise<Result>): Promise<Result> {
    this.#context.signal.throwIfAborted();
    this.#context.progress.note(`\n[${this.times.length + 1}/${this.#total}] ${stage}`);
    const began = performance.now();
    const result = await work();
    this.times.push({ stage, seconds: (performance.now() - began) / 1000 });
    return result;
  }
}

/** Creates a workspace with only the first dataset and the test set of the sample. */
async function freshWorkspace(context: CommandContext, named: unknown, model: DemoBase): Promise<string> {
  const { createFileLayer } = await import("../../../services/files/fileLayer.ts");
  const { initWorkspace } = await import("../../../services/workspace/workspace.ts");
  const files = createFileLayer();
  const { sample } = nodePlatform("terminal").paths;
  const folder = typeof named === "string" ? path.resolve(named) : path.join(packageRoot(), ".demo");
  if (typeof named !== "string" && (await files.exists(folder))) {
    context.progress.note(`deleting the previous demo workspace in ${context.shortPath(folder)}`);
    await files.remove(folder);
  }
  await initWorkspace(files, folder, {
    name: "demo",
    fromSample: sample,
    base: model === "tiny" ? "embedded" : model,
  });
  return folder;
}

/** The base without training, under a good prompt with four examples: what v2 has to beat. */
const prompted = "prompted+grammar";

/** Evaluates under the names grammar, because models this small repeat names within a list. */
async function evaluated(
  context: CommandContext,
  client: Client,
  version: string,
  how: Pick<EvaluationRequest, "heldoutOnly">,
): Promise<EvaluationResult> {
  const run = await client.evaluation.start({ version, judge: "rule", grammar: "names", ...how });
  const result = EvaluationResultSchema.parse(await follow(context, client, run, `eval ${version}`));
  const { safety, wellFormedShare } = result.summary;
  context.progress.note(
    `${version}: safety accuracy ${figure(safety.accuracy)}, missed harmful ${figure(safety.missedHarmfulRate)}, false refusals ${figure(safety.falseRefusalRate)}, well-formed ${figure(wellFormedShare)}`,
  );
  return result;
}

async function trained(
  context: CommandContext,
  client: Client,
  version: string,
  seed: number,
): Promise<void> {
  const run = await client.training.start({ version, seed });
  const { parity } = TrainingResultSchema.parse(await follow(context, client, run, `train ${version}`));
  context.progress.note(
    `${version}: parity gate passed: ${parity.tokens.equal} of ${parity.sequences} prompts and ${parity.greedy.equal} greedy completions equal; the adapter's effect agrees to ${formatNumber(parity.effect.agreement, 4)} (rejected controls: ${parity.effect.controls.map(({ name }) => name).join(", ")})`,
  );
}

export const demo: Handler = async (context, { options }) => {
  const seed = optionalNumber(options, "seed") ?? 1;
  const began = performance.now();
  const asked = optionalWord(options, "base", ["smollm2", "tiny"] as const);
  const model = await demoBase(context, await context.client("any"), asked);
  const folder = await freshWorkspace(context, options.dir, model);
  const inside = new CommandContext(
    { workspace: folder, quiet: context.quiet, json: context.json },
    context.signal,
  );
  try {
    const report = await loop(inside, await inside.client("write"), { folder, model, seed, began });
    context.print(report, () => demoText(report, context));
    return 0;
  } finally {
    await inside.close();
  }
};

async function writeRows(
  context: CommandContext,
  client: Client,
  stages: Stages,
  seed: number,
): Promise<void> {
  await stages.run("Analyze the failures of v1 on dev rows and write targeted rows", async () => {
    const analysis = await client.evaluation.analyse({ version: "v1", worst: 5 });
    const weak = analysis.slices.filter(({ failures }) => failures > 0);
    context.progress.note(
      `weak slices: ${weak.map(({ slice, failures, n }) => `${slice} ${failures}/${n}`).join(", ")}`,
    );
    const run = await client.augmentation.start({ from: "v1", writer: "pool", seed });
    const result = AugmentationReportSchema.parse(await follow(context, client, run, "augment"));
    context.progress.note(augmentationText(result, (file) => context.shortPath(file)));
  });
}

async function loop(
  context: CommandContext,
  client: Client,
  { folder, model, seed, began }: { folder: string; model: DemoBase; seed: number; began: number },
): Promise<DemoReport> {
  const stages = new Stages(context, 10);
  const data = (name: string) => path.join(folder, "data", name);
  await stages.run("Lint dataset_v1.csv and check for leaks into the test set", async () => {
    const report = await client.dataset.lint({
      files: [data("dataset_v1.csv")],
      against: [data("test_set.csv")],
    });
    const [file] = report.files;
    context.progress.note(
      [...(file === undefined ? [] : [lintedText(file)]), pluralize(report.leaks.length, "leak")].join(", "),
    );
  });
  // No rows are written from its failures, so the held-out rows suffice.
  await stages.run("Evaluate the base model under a good prompt, without training", () =>
    evaluated(context, client, prompted, { heldoutOnly: true }),
  );
  await stages.run("Train v1 (LoRA), convert it and check that both engines agree", () =>
    trained(context, client, "v1", seed),
  );
  await stages.run("Evaluate v1", () => evaluated(context, client, "v1", { heldoutOnly: false }));
  await writeRows(context, client, stages, seed);
  await stages.run("Train v2 on dataset_v2.csv", () => trained(context, client, "v2", seed));
  await stages.run("Evaluate v2", () => evaluated(context, client, "v2", { heldoutOnly: false }));
  const written = await stages.run("Draw the figures", async () => {
    const drawn = [];
    for (const version of [prompted, "v1", "v2"])
      drawn.push(...(await client.report.figures({ version })).written);
    return drawn;
  });
  const comparison = await stages.run("Compare v1 and v2 on the held-out rows", async () => {
    const compared = await client.comparison.compare({ baseline: "v1", candidate: "v2", settings: {} });
    const report = await client.report.report({
      baseline: "v1",
      candidate: "v2",
      out: path.join(folder, "report.html"),
    });
    written.push(report.out);
    return compared;
  });
  const question = await stages.run(
    "Compare the prompted base and v2: is training better than a prompt?",
    () => client.comparison.compare({ baseline: prompted, candidate: "v2", settings: {} }),
  );
  return {
    workspace: folder,
    model,
    seconds: (performance.now() - began) / 1000,
    stages: stages.times,
    comparison,
    prompted: question,
    written: [
      ...[prompted, "v1", "v2"].map((version) => data(`model_${version}-results.csv`)),
      data("dataset_v2.csv"),
      ...written,
    ],
  };
}

function demoText(report: DemoReport, context: CommandContext): string {
  const { comparison } = report;
  const { costs } = comparison.settings;
  return [
    "",
    comparisonText(report.prompted),
    "",
    comparisonText(report.comparison),
    "",
    table(report.stages, [
      { title: "stage", value: ({ stage }) => stage },
      { title: "time", align: "right", value: ({ seconds }) => formatDuration(seconds) },
    ]),
    `The whole loop took ${formatDuration(report.seconds)}. The results are in ${styled("bold", context.shortPath(report.workspace))}:`,
    ...report.written.map((file) => `  ${context.shortPath(file)}`),
    "",
    `The operating point, at a cost of ${costs.falseNegative} for a missed harmful row and ${costs.falsePositive} for a false refusal:`,
    ...atDevThresholdsLines(comparison).slice(1),
    "",
    `Apply a threshold: namewright operating-point v2 --apply --workspace ${context.shortPath(report.workspace)}`,
    `Try it: namewright suggest "Family bakery with sourdough" --workspace ${context.shortPath(report.workspace)}`,
  ].join("\n");
}
