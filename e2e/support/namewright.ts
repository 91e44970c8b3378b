import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { type CommandName, commandSchemas } from "../../shared/schema/commands.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const launcher = path.join(root, "bin", "namewright.mjs");

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `namewright`, started as a user would. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text appears on standard error. Rejects if the program ends before. */
  saw(text: string | RegExp): Promise<void>;
}

/** Environment variables that would change what a command does. */
const cleared = [
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "NAMEWRIGHT_JUDGE_MODEL",
  "HUGGINGFACE_API_TOKEN",
  "NO_COLOR",
];

export function start(
  words: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string },
): Started {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  for (const name of cleared) if (options.env?.[name] === undefined) delete env[name];
  const child = spawn(process.execPath, [launcher, ...words], {
    cwd: options.cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const look of watchers) look();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    saw: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (typeof text === "string" ? !stderr.includes(text) : !text.test(stderr)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before ${text} was seen:\n${stderr}`)),
        );
      }),
  };
}

export function run(
  words: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Ended> {
  return start(words, options).ended;
}

/** Runs a command with --json and returns its document, checked against the command's schema. */
export async function runJson<Name extends CommandName>(
  name: Name,
  words: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string; code?: number },
) {
  const ended = await run([...name.split(" "), ...words, "--json"], options);
  if (ended.code !== (options.code ?? 0)) {
    throw new Error(`${name} ended with ${ended.code}:\n${ended.stdout}\n${ended.stderr}`);
  }
  return commandSchemas[name].parse(JSON.parse(ended.stdout)) as ReturnType<
    (typeof commandSchemas)[Name]["parse"]
  >;
}

/** Runs a command that must fail. Returns its exit code and the failure that it prints with --json. */
export async function failing(
  words: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
) {
  const ended = await run([...words, "--json"], options);
  return { exitCode: ended.code, ...commandSchemas.error.parse(JSON.parse(ended.stdout)).error };
}

/** Creates an empty folder that is removed at the end. */
export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "namewright e2e "));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Copies a whole workspace, because tests never change the sample. */
export async function copyOfSample(to: string): Promise<void> {
  for (const name of ["data", "models", "namewright.json", "runs"]) {
    await cp(path.join(tinySample, name), path.join(to, name), { recursive: true });
  }
}

export const read = (file: string) => readFile(file);
export const readText = (file: string) => readFile(file, "utf8");
