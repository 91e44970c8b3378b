import { Failure } from "../../../shared/domain/failure.ts";
import { SerialQueue } from "../async/serialQueue.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { acquireLock, type LockOwner } from "../lease/lockFile.mjs";

/**
 * How long a writer waits for the lock, in milliseconds. Each hold is one save, not one run, so a longer hold means a
 * stopped process or one on another machine.
 */
const patienceMs = 10_000;
const pollMs = 40;

/** Queues of this process's writers, by lock file. */
const queues = new Map<string, SerialQueue>();

/**
 * Runs `body` as the only writer of a workspace among all processes. The lock is held for a single save (a dataset, a
 * results file, a promotion, the start of a run), never for a whole run. Readers never take it.
 * @throws Failure `missing` that names the holder when it doesn't release the lock in time.
 */
export function withWriteLock<T>(
  files: FileLayer,
  file: string,
  purpose: string,
  body: () => Promise<T>,
  options: { patienceMs?: number } = {},
): Promise<T> {
  const queue = queues.get(file) ?? new SerialQueue();
  queues.set(file, queue);
  return queue.run(async () => {
    const release = await acquire(files, file, purpose, options.patienceMs ?? patienceMs);
    try {
      return await body();
    } finally {
      await release();
    }
  });
}

function acquire(files: FileLayer, file: string, purpose: string, patience: number) {
  // Monotonic, so that a changed system clock doesn't affect the wait.
  const until = performance.now() + patience;
  return acquireLock(files, file, purpose, {
    pollMs,
    onBusy(by) {
      if (performance.now() >= until) throw writtenBy(file, by);
    },
  });
}

function writtenBy(file: string, { purpose, owner }: LockOwner): Failure {
  return new Failure(
    "missing",
    `the workspace is being written by process ${owner.pid} on ${owner.host} (${purpose})`,
    {
      hint: `Wait until that process is done, then try again. Nothing was changed. If you're sure that it no longer exists, delete ${file}.`,
      file,
    },
  );
}
