import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import type { JournalEntry } from "../../../shared/schema/run.ts";
import { SerialQueue } from "../async/serialQueue.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Journal, JournalWriter } from "./journal.ts";
import { PauseGate } from "./pauseGate.ts";
import type { Pausing, RunContext } from "./runKind.ts";
import { type RunRecord, runFiles } from "./runStore.ts";

/** How often the owner checks for a request to cancel or to pause, in milliseconds. */
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
  readonly pausing: Pausing;
  body(spec: unknown, context: RunContext): Promise<unknown>;
}

/** The abort reason of a body that pauses at a checkpoint. */
class Parked extends Failure {
  constructor(id: string) {
    super("cancelled", `run ${id} is paused at its last checkpoint`, {
      hint: `Resume it with \`namewright runs resume ${id}\`.`,
    });
  }
}

/** Watches for the `cancel` and `pause` files another process may create. Ends with the body. */
async function watchForRequests(attempt: Attempt, gate: PauseGate, ended: AbortSignal): Promise<void> {
  const { files, folder, controller, pausing, record } = attempt;
  const { cancel, pause } = runFiles(folder);
  // A failed check isn't a request. The journal notices a disk that fails.
  const isAsked = (file: string) => files.exists(file).catch(() => false);
  while (!ended.aborted && !controller.signal.aborted) {
    const paused = pausing !== "never" && (await isAsked(pause));
    if (await isAsked(cancel)) controller.abort(new Failure("cancelled", "cancelled on request"));
    else if (ended.aborted) return;
    else if (!paused) gate.open();
    else if (pausing === "in-place") gate.close();
    else controller.abort(new Parked(record.id));
    // The end of the run also ends the wait.
    await wait(pollMs, undefined, { ref: false, signal: ended }).catch(() => {});
  }
}

/** Creates the body's context. `unrecorded` is the error of the first entry that couldn't be written, or null. */
function openContext({ files, record, folder, writer, controller, journal }: Attempt) {
  const logging = new SerialQueue();
  let unrecorded: unknown = null;
  const emit = (event: JournalEntry["event"]) => {
    const written = writer.append(event);
    // A run that can't record must stop: a row generated or paid for now would be lost. The caller may not await this
    // promise, and an unhandled rejection would end the process.
    written.catch((error: unknown) => {
      unrecorded ??= error;
      controller.abort(error);
    });
    return written;
  };
  const log = (text: string) => {
    void logging.run(() => files.appendText(runFiles(folder).log, text));
  };
  const gate = new PauseGate(controller.signal, (status) => void emit({ kind: "status", status }));
  const context: RunContext = {
    runId: record.id,
    folder,
    emit,
    log,
    signal: controller.signal,
    pause: gate,
    previous: journal.entries,
  };
  return { context, gate, unrecorded: () => unrecorded, logged: () => logging.settled() };
}

/** Runs the body to its end and records each change in the journal. Rejects with the `Failure` that ended it. */
export async function perform(attempt: Attempt): Promise<unknown> {
  const { files, folder, writer } = attempt;
  const at = runFiles(folder);
  const opened = openContext(attempt);
  const { context } = opened;
  try {
    const result = attempt.result.parse(await performBody(attempt, opened));
    // An entry that the body didn't await may fail after the body ends.
    await writer.settled();
    if (opened.unrecorded() !== null) throw opened.unrecorded();
    await context.emit({ kind: "result", data: result });
    await context.emit({ kind: "status", status: "succeeded" });
    return result;
  } catch (thrown) {
    throw await recordEnd(attempt, opened, thrown);
  } finally {
    await opened.logged();
    await writer.settled();
    // The next attempt removes any request that remains.
    await files.remove(at.cancel).catch(() => {});
    await files.remove(at.pause).catch(() => {});
  }
}

/** Runs the body while watching for requests. No request is handled after the run's last event. */
async function performBody(attempt: Attempt, { context, gate }: ReturnType<typeof openContext>) {
  const ended = new AbortController();
  const watching = watchForRequests(attempt, gate, ended.signal);
  try {
    const { skipped } = attempt.journal;
    if (skipped.length > 0) {
      const message = `skipped unreadable lines of events.jsonl: ${skipped.join(", ")}`;
      await context.emit({ kind: "warning", code: "journal-skipped", message });
    }
    await context.emit({ kind: "status", status: "running" });
    return await attempt.body(attempt.record.spec, context);
  } finally {
    ended.abort();
    await watching;
  }
}

/** Records why the run ended and returns the error to throw. */
async function recordEnd(
  attempt: Attempt,
  { context, unrecorded }: ReturnType<typeof openContext>,
  thrown: unknown,
): Promise<unknown> {
  const { files, folder, controller, record } = attempt;
  const error = unrecorded() ?? thrown;
  const stopped = controller.signal.aborted && unrecorded() === null;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Failure)) context.log(`${error instanceof Error ? error.stack : message}\n`);
  if (stopped && controller.signal.reason instanceof Parked) {
    await recordLast(attempt, { kind: "status", status: "paused", reason: "stopped at its last checkpoint" });
    // Without an owner the run stays paused and isn't shown as interrupted when this process ends.
    await files.remove(runFiles(folder).owner).catch(() => {});
    return controller.signal.reason;
  }
  await recordLast(attempt, {
    kind: "status",
    status: stopped ? "cancelled" : "failed",
    reason: message,
    ...(stopped ? {} : { failure: failureDetail(error) }),
  });
  if (!stopped) return error;
  return new Failure("cancelled", `run ${record.id} was cancelled`, {
    hint: `Resume it with \`namewright runs resume ${record.id}\`.`,
    cause: error,
  });
}

/**
 * Records the run's last event. If that fails too, the run loses its owner, so that it shows as interrupted and not as
 * running while this process lives.
 */
async function recordLast({ files, folder, writer }: Attempt, event: JournalEntry["event"]): Promise<void> {
  try {
    await writer.append(event);
  } catch {
    await files.remove(runFiles(folder).owner).catch(() => {});
  }
}
