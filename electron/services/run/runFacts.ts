import type { JournalEntry, Run, RunEvent, RunStatus } from "../../../shared/schema/run.ts";

type StatusEvent = Extract<RunEvent, { kind: "status" }>;

/** Facts about a run as a whole, collected from its journal entries in order. Entries aren't kept. */
export class RunFacts {
  /** The last status event and its time; null before the first one. */
  last: { readonly at: string; readonly event: StatusEvent } | null = null;
  progress: Run["progress"] = null;
  stage: string | null = null;
  lastSeq = 0;

  take({ seq, at, event }: JournalEntry): void {
    this.lastSeq = seq;
    if (event.kind === "status") {
      this.last = { at, event };
    } else if (event.kind === "stage") {
      this.#enter(event.stage);
    } else if (event.kind === "progress") {
      const { done, total, unit, etaSeconds } = event;
      this.progress = { done, total, unit, etaSeconds };
    } else if (event.kind === "trainer") {
      this.#takeTrainer(event.event);
    }
  }

  get written(): RunStatus {
    return this.last?.event.status ?? "queued";
  }

  /** Enters a stage and forgets the progress of the one before. */
  #enter(stage: string): void {
    this.stage = stage;
    this.progress = null;
  }

  /** Reads a trainer event. Only stages and steps show progress. */
  #takeTrainer(event: Record<string, unknown>): void {
    if (event.kind === "stage" && typeof event.stage === "string") this.#enter(event.stage);
    const { step, maxSteps, etaSeconds } = event;
    if (event.kind !== "step" || typeof step !== "number" || typeof maxSteps !== "number") return;
    this.progress = {
      done: step,
      total: maxSteps,
      unit: "steps",
      etaSeconds: typeof etaSeconds === "number" ? etaSeconds : null,
    };
  }
}
