import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type Holder, tryHold } from "../lease/lockFile.ts";

/**
 * How long a writer waits for another before it gives up, in milliseconds: every hold is one save, not one run, so a
 * longer one means a stopped process or one on another machine.
 */
const patienceMs = 10_000;
const pollMs = 40;

/** Within a process writers of one lock queue, whatever service they belong to. By lock file. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `body` as the one writer of a workspace, among all processes. Held for a single save (a dataset, a results
 * file, a promotion, the start of a run), never for a whole run; readers never take it.
 * @throws Failure `missing` that names the holder where it does not let go in time.
 */
export function withWriteLock<T>(
  files: FileLayer,
  file: string,
  purpose: string,
  body: () => Promise<T>,
  options: { patienceMs?: number } = {},
): Promise<T> {
  const turn = (queues.get(file) ?? Promise.resolve()).then(async () => {
    const release = await take(files, file, purpose, options.patienceMs ?? patienceMs);
    try {
      return await body();
    } finally {
      await release();
    }
  });
  const settled = turn.catch(() => {});
  queues.set(file, settled);
  void settled.then(() => {
    if (queues.get(file) === settled) queues.delete(file);
  });
  return turn;
}

async function take(files: FileLayer, file: string, purpose: string, patience: number) {
  // Monotonic: a clock that is moved neither ends the wait nor makes it endless.
  const until = performance.now() + patience;
  for (;;) {
    const attempt = await tryHold(files, file, purpose);
    if (attempt.kind === "held") return attempt.release;
    if (performance.now() >= until) throw held(file, attempt.holder);
    await wait(pollMs);
  }
}

function held(file: string, { purpose, owner }: Holder): Failure {
  return new Failure(
    "missing",
    `the workspace is being written by process ${owner.pid} on ${owner.host} (${purpose})`,
    {
      hint: `Wait until it is done and do it again; nothing was changed. If that process is gone for certain, delete ${file}.`,
      file,
    },
  );
}
