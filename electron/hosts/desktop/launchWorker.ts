import path from "node:path";
import type { WorkerEntry, WorkerPort } from "../../services/platform.ts";
import { childEnvironment } from "../../services/processes/childEnvironment.ts";
import type { ElectronApi } from "./electronApi.ts";

/** How long a process that was asked to end may take, in milliseconds: llama.cpp may hang on its way out. */
const graceMs = 1500;

export interface WorkerDeath {
  readonly entry: WorkerEntry;
  readonly code: number;
}

/** Launches workers as utility processes of Electron: separate, sandbox-less, and gone with this one. */
export function workerLauncher(
  { utilityProcess }: Pick<ElectronApi, "utilityProcess">,
  folder: string,
  events: { onDeath(death: WorkerDeath): void; onOutput(text: string): void },
): (entry: WorkerEntry) => WorkerPort {
  return (entry) => {
    const child = utilityProcess.fork(path.join(folder, `${entry}.js`), [], {
      env: childEnvironment(),
      serviceName: `Namewright ${entry}`,
      // Its standard output says nothing of use; what goes wrong stands on its standard error.
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
    // It ended meanwhile.
  }
}
