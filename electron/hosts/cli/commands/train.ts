import { overridesFrom } from "../../../../shared/domain/training/overrides.ts";
import type { GateResult } from "../../../../shared/schema/parity.ts";
import { PresetNameSchema } from "../../../../shared/schema/training.ts";
import { type TrainingReport, TrainingResultSchema } from "../../../../shared/schema/trainingRun.ts";
import { each } from "../each.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalWord } from "../options.ts";
import { table } from "../output.ts";

function gateText(gate: GateResult): string {
  return gate.passed ? "passed" : "failed";
}

function trainingText({ runs }: TrainingReport, shortPath: (file: string) => string): string {
  return table(runs, [
    { title: "version", value: ({ version }) => version },
    { title: "status", value: ({ status }) => status },
    { title: "best eval loss", align: "right", value: ({ bestEvalLoss }) => bestEvalLoss?.toFixed(4) ?? "–" },
    { title: "epochs", align: "right", value: ({ epochs }) => epochs?.toFixed(1) ?? "–" },
    { title: "parity gate", value: (run) => (run.parity === null ? "–" : gateText(run.parity)) },
    { title: "adapter", value: (run) => (run.adapter === null ? run.reason : shortPath(run.adapter)) },
  ]);
}

export const train: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const versions = options.version === "all" ? await client.training.versions() : [String(options.version)];
  const { done, exitCode } = await each(context, versions, options.stopOnError === true, {
    run: async (version) => {
      const run = await client.training.start({
        version,
        preset: optionalWord(options, "preset", PresetNameSchema.options),
        seed: optionalNumber(options, "seed") ?? 1,
        epochs: optionalNumber(options, "epochs"),
        overrides: overridesFrom(Array.isArray(options.set) ? options.set.map(String) : []),
      });
      return TrainingResultSchema.parse(await follow(context, client, run, `train ${version}`));
    },
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
