import type { JournalEntry } from "../../../shared/schema/run.ts";
import type { RunNotice } from "../platform.ts";
import type { RunRecord } from "./runStore.ts";

/**
 * Turns a run's journal, as it is written, into notices for the host: one for each change of status or progress. What
 * the host does with them is no business of the run, and must not end it.
 */
export function noticesOf(
  { id, kind, title }: RunRecord,
  tell: (run: RunNotice["run"]) => void,
): (entry: JournalEntry) => void {
  let run: RunNotice["run"] = { id, kind, title, status: "queued", reason: null, progress: null };
  return ({ event }) => {
    if (event.kind === "status") run = { ...run, status: event.status, reason: event.reason ?? null };
    else if (event.kind === "progress") {
      const { done, total, unit, etaSeconds } = event;
      run = { ...run, progress: { done, total, unit, etaSeconds } };
    } else return;
    try {
      tell(run);
    } catch (error) {
      process.emitWarning(`a host could not take a run's notice: ${String(error)}`);
    }
  };
}
