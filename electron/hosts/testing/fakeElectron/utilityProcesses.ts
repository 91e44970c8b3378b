import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter } from "node:events";
import type Electron from "electron";
import type { Recorder } from "./recorder.ts";

type Members = "kill" | "postMessage" | "stderr" | "stdout";

/**
 * A utility process, simulated by a real child process that has `process.parentPort` and Electron's version.
 */
class StandInUtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, Members> {
  readonly child: ChildProcess;

  constructor(file: string, args: string[], options: Electron.ForkOptions) {
    super();
    const asUtility = new URL("./asUtilityProcess.mjs", import.meta.url).href;
    this.child = fork(file, args, {
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      execArgv: ["--import", asUtility],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child.on("message", (message) => this.emit("message", message));
    this.child.on("spawn", () => this.emit("spawn"));
    this.child.on("exit", (code, signal) => this.emit("exit", code ?? (signal === "SIGTERM" ? 15 : 9)));
  }

  get pid(): number | undefined {
    return this.child.exitCode === null ? this.child.pid : undefined;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.child.stderr;
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.child.stdout;
  }

  postMessage(message: unknown): void {
    this.child.send(message as object);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

export function standInUtilityProcess(recorder: Recorder) {
  const processes: StandInUtilityProcess[] = [];
  return {
    processes,
    fork(file: string, args: string[] = [], options: Electron.ForkOptions = {}) {
      recorder.note("utilityProcess.fork", file, args, options);
      const made = new StandInUtilityProcess(file, args, options);
      processes.push(made);
      return made;
    },
  };
}
