import type { Run } from "../../shared/schema/run.ts";

/** A worker in a separate process, with messages to and from it. */
export interface WorkerPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
  readonly pid: number | undefined;
}

export type WorkerEntry = "inference" | "compute" | "figures";

/** The host's paths. All are absolute. */
export interface PlatformPaths {
  /** The user's data folder: Python environments, probe cache, logs. */
  readonly userData: string;
  /** The folder that holds `trainer/`, `prompts/`, `fonts/`, `requirements.txt`. */
  readonly resources: string;
  /** The finished sample workspace. */
  readonly sample: string;
  /** The embedded tiny base: a Hugging Face folder that also holds its GGUF. */
  readonly embeddedBase: string;
}

export type SecretName = "OPENAI_API_KEY" | "HUGGINGFACE_API_TOKEN";

/**
 * How a host stores secrets: `system` in the system's key store (Keychain, DPAPI, Secret Service), `plain-text`
 * readable for anyone with access to the user's files, which the UI must warn about.
 */
export type SecretStorage = "system" | "plain-text";

/** A key as the user set it. It is sent only to this origin (`https://api.openai.com`). */
export interface BoundSecret {
  readonly value: string;
  readonly origin: string;
}

/** Keys and tokens. They never go to a renderer, a log or a command line. */
export interface Secrets {
  /** Returns the stored key, otherwise that of the environment or `.env`, otherwise null. */
  get(name: SecretName): Promise<string | null>;
  /**
   * Returns the stored key with the one origin it may be sent to, in one read so that both belong together. Null if none
   * is stored; absent if the host stores no keys.
   */
  bound?(name: SecretName): Promise<BoundSecret | null>;
  /**
   * Stores a key, or deletes it with null. Absent if the host reads keys only from the environment or `.env` (browser,
   * terminal). Throws `Failure` when the key can't be stored.
   */
  set?(name: SecretName, secret: BoundSecret | null): Promise<void>;
  /** Returns how `set` would store a key. */
  storage?(): Promise<SecretStorage>;
}

/** An update of a run that this process owns. */
export interface RunNotice {
  readonly workspace: string;
  readonly run: Pick<Run, "id" | "kind" | "title" | "status" | "reason" | "progress">;
  /** Whether this process still works on the run. False in the run's last notice. */
  readonly held: boolean;
}

/** A place outside Namewright's own settings that holds settings and keys. */
export interface OutsideSource {
  readonly kind: "environment" | "dotenv";
  /** Its name in messages: `the environment`, or the path of the `.env`. */
  readonly place: string;
  /** Returns the variable as written there, which may be empty. */
  read(name: string): string | undefined;
}

/** Everything that differs between hosts. Each host implements it for `createServices(platform)`. */
export interface Platform {
  readonly name: "desktop" | "browser" | "terminal" | "test";
  readonly paths: PlatformPaths;
  readonly secrets: Secrets;
  /** The sources of `setting`, in order. A key is sent only to the address that its own source specifies. */
  readonly outside: readonly OutsideSource[];
  /** Plain settings from the environment or `.env`: DEVICE, OPENAI_BASE_URL, NAMEWRIGHT_JUDGE_MODEL. */
  setting(name: string): string | undefined;
  launchWorker(entry: WorkerEntry): WorkerPort;
  /**
   * Receives every change of status and progress of this process's runs: for notifications, progress outside the window,
   * and keeping the machine awake. Must not throw or block.
   */
  onRun?(notice: RunNotice): void;
}
