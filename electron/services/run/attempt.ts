import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import type { JournalEntry } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Journal, JournalWriter } from "./journal.ts";
import type { RunContext } from "./runKind.ts";
import { type RunRecord, runFiles } from "./runStore.ts";

/** How often the owner looks for a request to cancel, in milliseconds. */
const pollMs = 150;

/** One attempt at a run, by the process that owns it. */
export interface Attempt {
  readonly files: FileLayer;
  readonly record: RunRecord;
  readonly folder: string;
  readonly writer: JournalWriter;
  readonly controller: AbortController;
  /** What earlier attempts wrote. */
  readonly journal: Journal;
  readonly result: z.ZodType;
  body(spec: unknown, context: RunContext): Promise<unknown>;
}

/** Watches for the `cancel` file another process may create. Ends with the run. */
async function watchForCancel({ files, folder, controller }: Attempt, ended: AbortSignal): Promise<void> {
  const { cancel } = runFiles(folder);
  while (!ended.aborted && !controller.signal.aborted) {
    // A look that fails is no request; whether the disk works the journal will tell.
    if (await files.exists(cancel).catch(() => false)) {
      controller.abort(new Failure("cancelled", "cancelled on request"));
    }
    // The end of the run ends the wait too.
    await wait(pollMs, undefined, { ref: false, signal: ended }).catch(() => {});
  }
}

/** What the body is given, and how the run ended up without its journal: null while every entry is on disk. */
function openContext({ files, record, folder, writer, controller, journal }: Attempt) {
  let logged: Promise<void> = Promise.resolve();
  let unrecorded: unknown = null;
  const emit = (event: JournalEntry["event"]) => {
    const written = writer.append(event);
    // What cannot be recorded must not go on: a row generated or paid for now would be lost. Nobody may wait for
    // this promise, and a rejection that nobody handles would end the process.
    written.catch((error: unknown) => {
      unrecorded ??= error;
      controller.abort(error);
    });
    return written;
  };
  const log = (text: string) => {
    logged = logged.then(() => files.appendText(runFiles(folder).log, text)).catch(() => {});
  };
  const context: RunContext = {
    runId: record.id,
    folder,
    emit,
    log,
    signal: controller.signal,
    previous: journal.entries,
  };
  return { context, unrecorded: () => unrecorded, logged: () => logged };
}

/** Runs the body to its end, with every turn in the journal. Rejects with the Failure that ended it. */
export async function perform(attempt: Attempt): Promise<unknown> {
  const { files, record, folder, writer, controller, journal } = attempt;
  const at = runFiles(folder);
  const ended = new AbortController();
  const watching = watchForCancel(attempt, ended.signal);
  const { context, unrecorded, logged } = openContext(attempt);
  try {
    if (journal.skipped.length > 0) {
      const lines = journal.skipped.join(", ");
      await context.emit({
        kind: "warning",
        code: "journal-skipped",
        message: `lines ${lines} of events.jsonl could not be read and were skipped`,
      });
    }
    await context.emit({ kind: "status", status: "running" });
    const result = attempt.result.parse(await attempt.body(record.spec, context));
    await context.emit({ kind: "result", data: result });
    await context.emit({ kind: "status", status: "succeeded" });
    return result;
  } catch (thrown) {
    const error = unrecorded() ?? thrown;
    const cancelled = controller.signal.aborted && unrecorded() === null;
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Failure)) context.log(`${error instanceof Error ? error.stack : message}\n`);
    await recordEnd(attempt, {
      kind: "status",
      status: cancelled ? "cancelled" : "failed",
      reason: message,
      ...(cancelled ? {} : { failure: failureDetail(error) }),
    });
    if (!cancelled) throw error;
    throw new Failure("cancelled", `run ${record.id} was cancelled`, {
      hint: `Go on with: namewright runs resume ${record.id}`,
      cause: error,
    });
  } finally {
    ended.abort();
    await watching;
    await logged();
    await writer.settled();
    // One that stays is taken away by the next attempt.
    await files.remove(at.cancel).catch(() => {});
  }
}

/**
 * Writes the run's last word. Where even that cannot be written, the run is given up, so that everybody sees it as
 * interrupted, and not as running for as long as this process lives.
 */
async function recordEnd({ files, folder, writer }: Attempt, event: JournalEntry["event"]): Promise<void> {
  try {
    await writer.append(event);
  } catch {
    await files.remove(runFiles(folder).owner).catch(() => {});
  }
}
