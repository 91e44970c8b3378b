import path from "node:path";
import type { WorkerEntry, WorkerPort } from "../../services/platform.ts";
import { childEnvironment } from "../../services/processes/childEnvironment.ts";
import type { ElectronApi } from "./electronApi.ts";

/** How long a process may take to exit, in milliseconds. llama.cpp may hang on exit. */
const graceMs = 1500;

export interface WorkerDeath {
  readonly entry: WorkerEntry;
  readonly code: number;
}

/** Launches workers as utility processes of Electron: separate, without a sandbox, and ended with this process. */
export function workerLauncher(
  { utilityProcess }: Pick<ElectronApi, "utilityProcess">,
  folder: string,
  events: { onDeath(death: WorkerDeath): void; onOutput(text: string): void },
): (entry: WorkerEntry) => WorkerPort {
  return (entry) => {
    const child = utilityProcess.fork(path.join(folder, `${entry}.js`), [], {
      env: childEnvironment(),
      serviceName: `Namewright ${entry}`,
      // Standard output contains nothing useful. Errors go to standard error.
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr?.on("data", (text: Buffer) => events.onOutput(`${entry}: ${text.toString("utf8")}`));
    let stopped = false;
    let exited = false;
    child.on("exit", (code) => {
      exited = true;
      if (!stopped && code !== 0) events.onDeath({ entry, code });
    });
    return {
      post: (message) => {
        if (!exited) child.postMessage(message);
      },
      onMessage: (listener) => void child.on("message", listener),
      onExit: (listener) => void child.on("exit", (code) => listener(code, null)),
      kill: () => {
        stopped = true;
        const { pid } = child;
        child.kill();
        if (exited || pid === undefined) return;
        const timer = setTimeout(() => endForCertain(pid), graceMs);
        timer.unref();
        child.once("exit", () => clearTimeout(timer));
      },
      get pid() {
        return child.pid;
      },
    };
  };
}

function endForCertain(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process has already ended.
  }
}
