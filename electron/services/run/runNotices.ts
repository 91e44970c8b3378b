import type { JournalEntry } from "../../../shared/schema/run.ts";
import type { RunNotice } from "../platform.ts";
import { RunFacts } from "./runFacts.ts";
import type { RunRecord } from "./runStore.ts";

/**
 * Turns a run's journal entries into notices for the host: one for each change of status or progress, and one when the
 * process releases the run. An error of the host must not end the run.
 */
export class RunNotices {
  readonly #record: RunRecord;
  readonly #notify: (notice: Omit<RunNotice, "workspace">) => void;
  readonly #facts = new RunFacts();

  constructor(record: RunRecord, notify: (notice: Omit<RunNotice, "workspace">) => void) {
    this.#record = record;
    this.#notify = notify;
  }

  add(entry: JournalEntry): void {
    const before = this.#facts.progress;
    this.#facts.take(entry);
    const { progress } = this.#facts;
    if (entry.event.kind === "status" || (progress !== null && progress !== before)) this.#report(true);
  }

  release(): void {
    this.#report(false);
  }

  #report(held: boolean): void {
    const { id, kind, title } = this.#record;
    const { written: status, last, progress } = this.#facts;
    try {
      this.#notify({ run: { id, kind, title, status, reason: last?.event.reason ?? null, progress }, held });
    } catch (error) {
      process.emitWarning(`the host couldn't handle a run notice: ${String(error)}`);
    }
  }
}
