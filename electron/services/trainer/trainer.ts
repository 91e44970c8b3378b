import path from "node:path";
import type { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import type { Platform } from "../platform.ts";
import { runTrainer } from "./trainerProcess.ts";

/** The Python trainer: `python -m namewright_trainer VERB …` in our own environment. */
export interface Trainer {
  run<Event extends { kind: string }>(
    words: readonly string[],
    options: {
      signal: AbortSignal;
      schema: z.ZodType<Event>;
      onEvent(event: Event): void;
      onLog?(text: string): void;
      graceSeconds?: number;
      /** Variables for this run, such as the one GPU that is visible. */
      environment?: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
}

export function createTrainer(platform: Platform): Trainer {
  return {
    async run(words, { signal, schema, onEvent, onLog, graceSeconds, environment: added }) {
      const requirements = path.join(platform.paths.resources, "requirements.txt");
      const environment = currentEnvironment(platform.paths.userData, requirements);
      if (environment === null) {
        throw new Failure("missing", "the Python environment for training isn't installed", {
          hint: "Build it with `npm run setup`, which takes a few minutes once. `namewright doctor` shows what is missing.",
        });
      }
      await runTrainer(
        {
          python: environment.python,
          packageFolder: path.join(platform.paths.resources, "trainer"),
          arguments: words,
          environment: { DEVICE: platform.setting("DEVICE"), ...added },
        },
        { signal, schema, onEvent, onLog: onLog ?? (() => {}), graceSeconds },
      );
    },
  };
}
