import { Worker } from "node:worker_threads";

/**
 * Ends this process within about a second of its parent's death, also in the middle of a computation. The computation
 * blocks the event loop, so a closed port would be noticed only after it. Does nothing on Windows, where an orphan keeps
 * its parent's ID.
 */
export function endWithParent(): void {
  if (process.platform === "win32") return;
  const watch = `
    const parent = ${process.ppid};
    setInterval(() => {
      if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    }, 1000);`;
  new Worker(watch, { eval: true }).unref();
}
