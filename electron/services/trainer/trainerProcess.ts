import { spawn } from "node:child_process";
import type { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { LearningSilence, type SilenceLimit } from "../../../shared/domain/training/silence.ts";
import { onAbort } from "../async/abort.ts";
import { systemCode } from "../files/primitives.ts";
import { childEnvironment } from "../processes/childEnvironment.ts";
import { LineSplitter } from "../processes/lineSplitter.ts";
import { deathOf } from "../processes/processDeath.ts";
import { Watchdog } from "./watchdog.ts";

/** Default grace time for a trainer to exit, in seconds. */
const defaultGraceSeconds = 5;
/** Additional milliseconds before the trainer is killed. It exits on its own after its grace time. */
const killAfterMs = 3000;
/** Characters kept from the end of standard error for an error's detail. */
const keptError = 4000;

export interface TrainerCommand {
  readonly python: string;
  /** The folder that contains the package `namewright_trainer`. */
  readonly packageFolder: string;
  readonly arguments: readonly string[];
  /** Variables beyond the allowlist, such as DEVICE. Never a key: weights are downloaded before. */
  readonly environment: Record<string, string | undefined>;
}

/**
 * Runs the Python trainer and passes on each event. Aborting closes its standard input, so that it saves a checkpoint
 * and exits. If it doesn't exit in time, it is killed.
 *
 * @returns when the trainer exits successfully.
 * @throws Failure otherwise. An `error` event sets code, message and hint.
 */
export function runTrainer<Event extends { kind: string }>(
  command: TrainerCommand,
  options: {
    schema: z.ZodType<Event>;
    signal: AbortSignal;
    onEvent(event: Event): void;
    onLog(text: string): void;
    /** How long the trainer may be silent. Defaults to a limit that adapts to its pace. */
    silence?: SilenceLimit;
    /** The spec's `stopGraceSeconds`: a 2 GB checkpoint of a 7B model takes longer to write than a tiny one. */
    graceSeconds?: number | undefined;
  },
): Promise<void> {
  const { signal, onEvent, onLog } = options;
  signal.throwIfAborted();
  const child = spawn(command.python, ["-m", "namewright_trainer", ...command.arguments], {
    // Standard input stays open: its end tells the trainer that this process has ended.
    stdio: ["pipe", "pipe", "pipe"],
    env: childEnvironment({
      ...command.environment,
      PYTHONPATH: command.packageFolder,
      PYTHONUNBUFFERED: "1",
      PYTHONUTF8: "1",
      TOKENIZERS_PARALLELISM: "false",
    }),
    windowsHide: true,
  });
  return new Promise<void>((resolve, reject) => {
    let failed: Failure | null = null;
    let errorTail = "";
    let killTimer: NodeJS.Timeout | undefined;
    const kill = () => child.kill("SIGKILL");
    const silence = options.silence ?? new LearningSilence();
    const watchdog = new Watchdog(silence, (limitMs) => {
      failed = saidNothing(limitMs);
      kill();
    });
    const forget = onAbort(signal, () => {
      child.stdin.end();
      child.kill("SIGTERM");
      killTimer = setTimeout(kill, (options.graceSeconds ?? defaultGraceSeconds) * 1000 + killAfterMs);
    });
    child.stdin.on("error", () => {}); // The trainer may exit before its input is closed.

    const lines = new LineSplitter(
      (line) => {
        const event = readEvent(line, options.schema);
        watchdog.hear(event);
        if (event === null) onLog(`[not an event] ${line.slice(0, 500)}\n`);
        else {
          const failure = failureOf(event);
          if (failure !== null) failed = failure;
          onEvent(event);
        }
      },
      (length) => onLog(`[a line of ${length} characters on standard output was dropped]\n`),
    );
    child.stdout.on("data", (chunk: Buffer) => lines.push(chunk));
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      errorTail = (errorTail + text).slice(-keptError);
      onLog(text);
    });
    child.on("error", (cause) => {
      failed = startFailure(cause);
    });
    child.on("close", (code, killedBy) => {
      watchdog.end();
      clearTimeout(killTimer);
      forget();
      lines.end();
      if (signal.aborted) reject(signal.reason);
      else if (failed !== null) reject(failed);
      else if (code === 0) resolve();
      else reject(endedBadly(code, killedBy, errorTail));
    });
  });
}

function readEvent<Event>(line: string, schema: z.ZodType<Event>): Event | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Failure codes of the trainer that the user can fix. Any other code is a defect. */
const knownCodes = ["check-failed", "missing", "bad-value", "service-refused"] as const;

function saidNothing(limitMs: number): Failure {
  const minutes = limitMs / 60_000;
  const limit = minutes < 1 ? `${Math.round(limitMs / 1000)} s` : `${Math.round(minutes)} minutes`;
  return new Failure("defect", `the trainer produced no output for ${limit} and was stopped`, {
    hint: "Its last complete checkpoint is kept. `namewright runs resume` continues from it. The run's log.txt has the full output.",
  });
}

/** Returns the failure that an `error` event reports; null for other events. */
function failureOf(event: { kind: string }): Failure | null {
  if (event.kind !== "error") return null;
  const { code, message, hint, row } = event as {
    code?: unknown;
    message?: unknown;
    hint?: unknown;
    row?: unknown;
  };
  const known = knownCodes.find((one) => one === code);
  return new Failure(known ?? "defect", typeof message === "string" ? message : "the trainer failed", {
    ...(typeof hint === "string" ? { hint } : {}),
    ...(typeof row === "number" ? { row } : {}),
  });
}

/** Returns the failure for a trainer that couldn't start. Exported for tests, which can't exhaust open files. */
export function startFailure(cause: Error): Failure {
  const killedBy = systemCode(cause);
  if (killedBy === "ENOENT" || killedBy === "EACCES" || killedBy === "") {
    return new Failure("missing", `the trainer couldn't start: ${cause.message}`, {
      hint: "Build its Python environment with `npm run setup`. `namewright doctor` shows what is missing.",
      cause,
    });
  }
  const { code, what, hint } = deathOf({ code: null, killedBy });
  return new Failure(code, `the trainer ${what}`, { hint, cause });
}

/** How Python, PyTorch and C++ report that memory ran out. */
const memoryWords = /MemoryError|bad_alloc|out of memory|not enough memory|cannot allocate memory/i;

const resumeHint =
  "Lower the batch size or the maximum length. `namewright runs resume` continues from the last checkpoint.";

function endedBadly(code: number | null, killedBy: string | null, errorTail: string): Failure {
  const lines = errorTail.trim().split("\n");
  const death = deathOf({ code, killedBy });
  if (death.code === "missing") {
    return new Failure("missing", `the trainer ${death.what}`, { hint: `${death.hint} ${resumeHint}` });
  }
  const memory = lines.findLast((line) => memoryWords.test(line));
  if (memory !== undefined) {
    return new Failure("missing", `the trainer ran out of memory: ${memory.trim()}`, {
      hint: `Close other programs. ${resumeHint}`,
    });
  }
  return new Failure(
    "defect",
    `the trainer exited with ${killedBy ?? `code ${code}`}: ${lines.at(-1) ?? ""}`,
    {
      hint: "The run's log.txt has its full output.",
    },
  );
}
