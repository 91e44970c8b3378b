import type { JournalEntry, Run, RunEvent, RunStatus } from "../../../shared/schema/run.ts";

type StatusEvent = Extract<RunEvent, { kind: "status" }>;

/** What a journal has said so far about the run as a whole; entries are taken in their order and not kept. */
export class RunFacts {
  /** The last status written, and when; null: nothing is written yet. */
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

  /** What is done of one stage says nothing of the next. */
  #enter(stage: string): void {
    this.stage = stage;
    this.progress = null;
  }

  /** The trainer's own events, of which only stage and step tell how far a run is. */
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
