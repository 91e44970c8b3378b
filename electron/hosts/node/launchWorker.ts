import { fork } from "node:child_process";
import type { WorkerPort } from "../../services/platform.ts";
import { childEnvironment } from "../../services/processes/childEnvironment.ts";

/** How a process ended: its exit code, or the name of a signal or error. */
type Ending = readonly [code: number | null, killedBy: string | null];

/** Launches a worker as a child process of Node. A worker that can't start ends with the system's error. */
export function launchWorker(file: string): WorkerPort {
  const child = fork(file, [], {
    env: childEnvironment(),
    // The worker's standard output is ignored, because it would mix into ours.
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  child.stderr?.on("data", (text: Buffer) => {
    if (process.env.NAMEWRIGHT_DEBUG) process.stderr.write(text);
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once("exit", (code, signal) => resolve([code, signal]));
    // The process didn't start (then `exit` is never emitted) or its channel broke. Either way it is unusable.
    child.on("error", (error: NodeJS.ErrnoException) => {
      child.kill("SIGKILL");
      resolve([null, error.code ?? error.message]);
    });
  });
  return {
    post: (message) => {
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void ended.then(([code, killedBy]) => listener(code, killedBy)),
    kill: () => void child.kill("SIGKILL"),
    get pid() {
      return child.pid;
    },
  };
}
