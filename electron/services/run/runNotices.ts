import type { JournalEntry } from "../../../shared/schema/run.ts";
import type { RunNotice } from "../platform.ts";
import { RunFacts } from "./runFacts.ts";
import type { RunRecord } from "./runStore.ts";

/**
 * Turns a run's journal, as it is written, into notices for the host: one for each change of status or progress. What
 * the host does with them is no business of the run, and must not end it.
 */
export function noticesOf(
  { id, kind, title }: RunRecord,
  tell: (run: RunNotice["run"]) => void,
): (entry: JournalEntry) => void {
  const facts = new RunFacts();
  return (entry) => {
    const before = facts.progress;
    facts.take(entry);
    const { written: status, last, progress } = facts;
    if (entry.event.kind !== "status" && (progress === null || progress === before)) return;
    try {
      tell({ id, kind, title, status, reason: last?.event.reason ?? null, progress });
    } catch (error) {
      process.emitWarning(`a host could not take a run's notice: ${String(error)}`);
    }
  };
}
