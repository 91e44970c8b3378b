import { rehearsalWords } from "../../../../shared/domain/rehearsal/rehearsalWords.ts";
import { overridesFrom } from "../../../../shared/domain/training/overrides.ts";
import { exitCodeOf } from "../../../../shared/schema/failure.ts";
import { RehearsalResultSchema } from "../../../../shared/schema/rehearsal.ts";
import { PresetNameSchema } from "../../../../shared/schema/training.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalText, optionalWord } from "../options.ts";
import { singleLine, styled } from "../output.ts";

/** Handles `rehearse`. Returns 1 when the training doesn't fit. */
export const rehearse: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const version = String(options.version);
  const run = await client.rehearsal.start({
    version,
    preset: optionalWord(options, "preset", PresetNameSchema.options),
    overrides: overridesFrom(Array.isArray(options.set) ? options.set.map(String) : []),
    ...optionalText(options, "prompt"),
  });
  const result = RehearsalResultSchema.parse(await follow(context, client, run, `rehearse ${version}`));
  context.print(result, () => {
    const { fit, time, basis } = rehearsalWords(result);
    return [fit, time, styled("dim", basis)].map(singleLine).join("\n");
  });
  return result.memory.fits ? 0 : exitCodeOf["check-failed"];
};
