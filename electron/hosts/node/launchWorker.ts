import { fork } from "node:child_process";
import type { WorkerPort } from "../../services/platform.ts";
import { childEnvironment } from "../../services/processes/childEnvironment.ts";

/** How a process ended: by its exit code, or by a signal's or an error's name. */
type Ending = readonly [code: number | null, killedBy: string | null];

/** Launches a worker as a child process of Node. One that cannot be started ends with the system's error. */
export function launchWorker(file: string): WorkerPort {
  const child = fork(file, [], {
    env: childEnvironment(),
    // Its standard output would mix into ours; what it prints there goes to standard error instead.
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  child.stderr?.on("data", (text: Buffer) => {
    if (process.env.NAMEWRIGHT_DEBUG) process.stderr.write(text);
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once("exit", (code, signal) => resolve([code, signal]));
    // Not started (then no `exit` comes), or no longer to be spoken to: either way nobody can use it.
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
