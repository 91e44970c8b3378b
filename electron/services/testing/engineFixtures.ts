import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { AdapterRef, ModelRef } from "../../../shared/schema/inference.ts";
import { currentEnvironment, userDataFolder } from "../environment/folders.mjs";
import type { WorkerPort } from "../platform.ts";

/** For tests with the real engine: the embedded base and files created by fixtures/make_engine_fixtures.py. */
const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = path.join(root, "electron/services/inference/fixtures");
const base = path.join(root, "models/tiny-mistral");

export const baseGguf = path.join(base, "model-f16.gguf");
/** The weights from which the fixtures were created. */
export const baseWeights = path.join(base, "model.safetensors");
export const parityFile = path.join(folder, "parity.json");
/** The reference of a training in bfloat16, for the adapter at 3 % of its scale. */
export const gentleParityFile = path.join(folder, "parity-gentle.json");

/** Returns null when the engine can be tested, otherwise the reason to skip. */
export function engineMissing(): string | null {
  if (!existsSync(baseGguf)) return `there is no ${path.relative(root, baseGguf)}`;
  return existsSync(parityFile) ? null : "fixtures/make_engine_fixtures.py was not run";
}

export function fixtureAdapter(adapter: "adapter" | "other" | "unpermuted", scale = 1): AdapterRef {
  return { id: `${adapter}-${scale}`, path: path.join(folder, `${adapter}.gguf`), scale };
}

export function fixtureModel(adapter: "adapter" | "other" | "unpermuted" | null, scale = 1): ModelRef {
  return { gguf: baseGguf, adapter: adapter === null ? null : fixtureAdapter(adapter, scale) };
}

/** Returns the interpreter of our Python environment; null when setup hasn't built it. */
export function environmentPython(): string | null {
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  return currentEnvironment(userData, path.join(root, "resources", "requirements.txt"))?.python ?? null;
}

/** Writes the base as float32 GGUF, as the trainer converts it. */
export function writeFloat32Base(python: string, file: string): void {
  const words = [
    "-m",
    "namewright_trainer",
    "convert-base",
    "--base",
    base,
    "--out",
    file,
    "--precision",
    "f32",
  ];
  const env = { ...process.env, PYTHONPATH: path.join(root, "resources", "trainer") };
  execFileSync(python, words, { env, stdio: ["ignore", "ignore", "inherit"] });
}

const ids = z.array(z.number().int());
const KnownAnswerSchema = z.strictObject({
  content: z.string(),
  promptIds: ids,
  completionIds: ids,
  text: z.string(),
  names: z.array(z.strictObject({ logprob: z.number(), tokens: z.number().int() })),
  refusalProbability: z.number(),
});
const KnownAnswersSchema = z.strictObject({
  base: z.array(KnownAnswerSchema),
  adapter: z.array(KnownAnswerSchema),
  /** SHA-256 of the base's weights: another base makes the fixtures stale. */
  weights: z.string(),
  whitespaceIds: ids,
});

export function knownAnswers(): z.infer<typeof KnownAnswersSchema> {
  return KnownAnswersSchema.parse(JSON.parse(readFileSync(path.join(folder, "probabilities.json"), "utf8")));
}

const workerFile = path.join(root, "electron/workers/inference/main.ts");

/** Launches the real worker in a child process, as the terminal host does. */
export function launchRealWorker(): WorkerPort {
  return portOf(
    fork(workerFile, [], { stdio: ["ignore", "ignore", "inherit", "ipc"], serialization: "advanced" }),
  );
}

/** Launches the real worker with a limit on its address space, in KiB. Linux only. */
export function launchLimitedWorker(addressSpace: number): WorkerPort {
  const words = ["-c", `ulimit -v ${addressSpace}; exec "$0" "$1"`, process.execPath, workerFile];
  return portOf(
    spawn("sh", words, { stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced" }),
  );
}

function portOf(child: ChildProcess): WorkerPort {
  return {
    post: (message) => {
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
    kill: () => void child.kill("SIGKILL"),
    get pid() {
      return child.pid;
    },
  };
}
