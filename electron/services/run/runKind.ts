import type { z } from "zod";
import type { JournalEntry, RunEvent, RunKind } from "../../../shared/schema/run.ts";
import type { PausePoint } from "./pauseGate.ts";

/** What a run's body is given. */
export interface RunContext {
  readonly runId: string;
  /** `runs/<id>`: everything the run makes lies here. */
  readonly folder: string;
  /** Resolves when the event is on disk. */
  emit(event: RunEvent): Promise<void>;
  /** Aborted by cancel; the body stops resumably and throws the signal's reason. */
  readonly signal: AbortSignal;
  /** For kinds that pause in place: where the body stands while a pause lasts. */
  readonly pause: PausePoint;
  /** What earlier attempts of this run wrote; empty on the first. */
  readonly previous: readonly JournalEntry[];
  /** Appends to `log.txt`. */
  log(text: string): void;
}

/**
 * What a pause means to a kind. `in-place`: the body waits between rows and goes on in the same process.
 * `at-checkpoint`: the body is aborted, stops resumably, and a resume begins another attempt. `never`: it is too short,
 * or would lose what it has.
 */
export type Pausing = "in-place" | "at-checkpoint" | "never";

/** A kind of long work: how its spec and result look, what it is called, and what it does. */
export interface RunKindDefinition<Spec, Result> {
  readonly kind: RunKind;
  readonly spec: z.ZodType<Spec>;
  readonly result: z.ZodType<Result>;
  /** Default `never`. */
  readonly pausing?: Pausing;
  title(spec: Spec): string;
  body(spec: Spec, context: RunContext): Promise<Result>;
}
