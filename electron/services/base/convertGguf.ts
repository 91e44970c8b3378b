import path from "node:path";
import { z } from "zod";
import type { ProgressFeed } from "../async/progressFeed.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { removeDeadTemporaries } from "../files/leftovers.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import { identityTag } from "../processes/processIdentity.mjs";
import type { Trainer } from "../trainer/trainer.ts";

export interface ConversionDependencies {
  readonly files: FileLayer;
  readonly trainer: Trainer;
  readonly progress: ProgressFeed;
}

/** A line of a conversion, of which only the progress is read. */
const ConversionLineSchema = z.looseObject({
  kind: z.string(),
  tensor: z.number().optional(),
  tensors: z.number().optional(),
});

/** What the trainer adds to the names of files that it hasn't completed. A stopped trainer may leave them. */
const trainersEndings = ["", ".partial", ".f16", ".f16.partial"];

/**
 * Writes `target` with the trainer and shows the progress. It becomes the complete file or nothing.
 * @param words  the trainer's arguments, to which the path of the output file is added
 */
export async function convertGguf(
  { files, trainer, progress }: ConversionDependencies,
  { text, words, target }: { text: string; words: readonly string[]; target: string },
  signal: AbortSignal,
): Promise<void> {
  await files.makeFolder(path.dirname(target));
  await removeDeadTemporaries(files, path.dirname(target));
  // The name is unique to this process because another one may be writing the same file.
  const partial = temporaryBeside(target, identityTag(await files.identity()));
  try {
    await progress.track({ text, unit: "tensors" }, (advance) =>
      trainer.run([...words, partial], {
        signal,
        schema: ConversionLineSchema,
        onEvent: ({ tensor, tensors }) => {
          if (tensor !== undefined && tensors !== undefined) advance(tensor, tensors);
        },
      }),
    );
    await files.rename(partial, target);
  } finally {
    for (const ending of trainersEndings) await files.remove(`${partial}${ending}`).catch(() => {});
  }
}
