import type { z } from "zod";
import type { JournalEntry, RunEvent, RunKind } from "../../../shared/schema/run.ts";
import type { PausePoint } from "./pauseGate.ts";

/** What a run's body receives. */
export interface RunContext {
  readonly runId: string;
  /** `runs/<id>`: the folder for everything the run creates. */
  readonly folder: string;
  /** Resolves when the event is on disk. */
  emit(event: RunEvent): Promise<void>;
  /** Aborted by a cancel. The body must stop resumably and throw the signal's reason. */
  readonly signal: AbortSignal;
  /** For kinds that pause in place: the body waits here during a pause. */
  readonly pause: PausePoint;
  /** Journal entries of earlier attempts of this run; empty on the first. */
  readonly previous: readonly JournalEntry[];
  /** Appends to `log.txt`. */
  log(text: string): void;
}

/**
 * How a kind pauses. `in-place`: the body waits between rows and continues in the same process. `at-checkpoint`: the
 * body is aborted and stops resumably, and a resume starts another attempt. `never`: the run is too short, or would
 * lose its work.
 */
export type Pausing = "in-place" | "at-checkpoint" | "never";

/** A kind of run: the schemas of its spec and result, its title and its body. */
export interface RunKindDefinition<Spec, Result> {
  readonly kind: RunKind;
  readonly spec: z.ZodType<Spec>;
  readonly result: z.ZodType<Result>;
  /** Defaults to `never`. */
  readonly pausing?: Pausing;
  title(spec: Spec): string;
  body(spec: Spec, context: RunContext): Promise<Result>;
}
