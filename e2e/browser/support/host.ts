import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tinySample } from "../../../electron/services/testing/tinySample.ts";
import { makeUserData } from "../../../electron/services/testing/userData.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A browser host with its own workspace and data folder. */
export interface Host {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly token: string;
  /** The URL that it printed. */
  readonly address: string;
  readonly workspace: string;
  readonly userData: string;
  readonly pid: number;
  /** Returns its standard error output. */
  log(): string;
  /** Kills it without a shutdown, like a power failure. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with a new token. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Environment variables that would change the host's behavior. */
export const cleared = [
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "NAMEWRIGHT_JUDGE_MODEL",
  "HUGGINGFACE_API_TOKEN",
];

export interface HostOptions {
  /** `sample`: the finished sample, whole. `dataset`: its first dataset and test set. `empty`: nothing. */
  readonly from?: "sample" | "dataset" | "empty";
  readonly env?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
}

/** Fills a workspace with parts of the finished sample. */
export async function fillWorkspace(folder: string, from: "sample" | "dataset" | "empty"): Promise<void> {
  await mkdir(path.join(folder, "data"), { recursive: true });
  await cp(path.join(tinySample, "namewright.json"), path.join(folder, "namewright.json"));
  if (from === "dataset")
    for (const name of ["dataset_v1.csv", "test_set.csv"])
      await cp(path.join(tinySample, "data", name), path.join(folder, "data", name));
  if (from !== "sample") return;
  for (const part of ["data", "models", "runs", "images"])
    await cp(path.join(tinySample, part), path.join(folder, part), { recursive: true });
}

interface Launched {
  readonly child: ChildProcess;
  readonly address: string;
}

function launch(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  onLog: (text: string) => void,
): Promise<Launched> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "out", "http.js"), "--no-open", ...words], {
      env,
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", onLog);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const address = /Namewright is at (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve({ child, address });
    });
    child.once("exit", (code) => reject(new Error(`the host ended with ${code} before it served: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

export async function startHost({ from = "sample", env = {}, words = [] }: HostOptions = {}): Promise<Host> {
  const folder = await mkdtemp(path.join(tmpdir(), "namewright-spec-"));
  const workspace = path.join(folder, "study");
  const userData = path.join(folder, "user-data");
  await fillWorkspace(workspace, from);
  await makeUserData(userData);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NAMEWRIGHT_DATA_DIR: userData,
    NAMEWRIGHT_SAMPLE_DIR: tinySample,
    ...env,
  };
  for (const name of cleared) if (env[name] === undefined) delete environment[name];
  let log = "";
  const start = (port: string) =>
    launch(["--port", port, "--workspace", workspace, ...words], environment, folder, (text) => {
      log += text;
    });
  let launched = await start("0");
  return {
    get address() {
      return launched.address;
    },
    get origin() {
      return new URL(launched.address).origin;
    },
    get token() {
      return new URL(launched.address).hash.replace("#token=", "");
    },
    get pid() {
      return launched.child.pid ?? 0;
    },
    workspace,
    userData,
    log: () => log,
    async kill() {
      launched.child.kill("SIGKILL");
      await ended(launched.child);
    },
    async restart() {
      launched = await start(new URL(launched.address).port);
    },
    async close() {
      launched.child.kill("SIGTERM");
      await ended(launched.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
