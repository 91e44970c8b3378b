import { describeLookStatus } from "../../../../shared/domain/comparison/looks.ts";
import { PresetNameSchema } from "../../../../shared/schema/training.ts";
import type { Handler } from "../handler.ts";
import { optionalText, optionalWord } from "../options.ts";
import { singleLine } from "../output.ts";

export const init: Handler = async (context, { arguments: [folder = ""], options }) => {
  const client = await context.client("any");
  const fromSample = options.fromSample === true;
  const made = await client.workspace.init({
    folder,
    fromSample,
    ...optionalText(options, "name"),
    ...optionalText(options, "base"),
    preset: optionalWord(options, "preset", PresetNameSchema.options) ?? undefined,
  });
  context.print(made, () =>
    [
      `Created a workspace in ${context.shortPath(made.workspace)}. Files written:`,
      ...made.written.map((file) => `  ${context.shortPath(file)}`),
      "",
      `Next: cd ${context.shortPath(made.workspace)} && namewright ${fromSample ? "train --version v1" : "dataset import FILE"}`,
    ].join("\n"),
  );
  return 0;
};

export const info: Handler = async (context) => {
  const client = await context.client("read");
  const described = {
    ...(await client.workspace.info()),
    stale: (await client.workspace.overview()).stale,
  };
  const listed = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  context.print(described, () =>
    [
      `${singleLine(described.config.name)} in ${singleLine(described.folder)}${described.sample ? " (sample, read-only)" : ""}`,
      `base      ${singleLine(described.config.base)} at ${described.config.precision}, preset ${singleLine(described.config.preset)}`,
      `datasets  ${listed(described.datasets)}`,
      `adapters  ${listed(described.versions)}`,
      `results   ${listed(described.results)}`,
      ...described.stale.map(({ message }) => `stale     ${singleLine(message)}`),
      ...(described.looks === null ? [] : [`held-out  ${describeLookStatus(described.looks)}`]),
    ].join("\n"),
  );
  return 0;
};
