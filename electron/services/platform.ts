import type { Run } from "../../shared/schema/run.ts";

/** A worker of ours in a process of its own, and the messages to and from it. */
export interface WorkerPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
  readonly pid: number | undefined;
}

export type WorkerEntry = "inference" | "compute" | "figures";

/** The places a host gives us. All are absolute. */
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
 * How a host keeps what `set` is given: `system` by the system's key store (Keychain, DPAPI, Secret Service),
 * `plain-text` readable by whoever can read the user's files, which a person must be warned of.
 */
export type SecretStorage = "system" | "plain-text";

/** A key as the user set it: it is sent to this origin (`https://api.openai.com`) and nowhere else. */
export interface BoundSecret {
  readonly value: string;
  readonly origin: string;
}

/** Keys and tokens. They never go to a renderer, a log or a command line. */
export interface Secrets {
  /** What the user set here, else what the environment or `.env` has; null where neither. */
  get(name: SecretName): Promise<string | null>;
  /**
   * The key set here with the one origin it may go to, in one read: of two reads the second could be of another key.
   * Null where none was set here; absent where the host keeps none.
   */
  bound?(name: SecretName): Promise<BoundSecret | null>;
  /**
   * Keeps a key, or with null forgets it. Absent where the host reads keys from the environment or `.env` only
   * (browser, terminal). @throws Failure where the key cannot be kept.
   */
  set?(name: SecretName, secret: BoundSecret | null): Promise<void>;
  /** Beside `set`: how it would be kept now. */
  storage?(): Promise<SecretStorage>;
}

/** What happens to a run that this process owns, as it happens. */
export interface RunNotice {
  readonly workspace: string;
  readonly run: Pick<Run, "id" | "kind" | "title" | "status" | "reason" | "progress">;
  /** Whether this process has the run in hand. The notice that it has let go of it is the run's last one. */
  readonly held: boolean;
}

/** A place outside Namewright's own settings that holds settings and keys. */
export interface OutsideSource {
  readonly kind: "environment" | "dotenv";
  /** What a message calls it: `the environment`, or the path of the `.env`. */
  readonly place: string;
  /** The variable as it was written there, which may be empty. */
  read(name: string): string | undefined;
}

/** All in which hosts differ. Each host implements it and hands it to `createServices(platform)`. */
export interface Platform {
  readonly name: "desktop" | "browser" | "terminal" | "test";
  readonly paths: PlatformPaths;
  readonly secrets: Secrets;
  /** Where `setting` looks, in that order. A key is only sent to the address that its own source names. */
  readonly outside: readonly OutsideSource[];
  /** Plain settings from the environment or `.env`: DEVICE, OPENAI_BASE_URL, NAMEWRIGHT_JUDGE_MODEL. */
  setting(name: string): string | undefined;
  launchWorker(entry: WorkerEntry): WorkerPort;
  /**
   * Hears of every change of status and progress of the runs of this process: to say when one has ended while nobody
   * looks, to show progress outside the window, to keep the machine awake. Must neither throw nor wait.
   */
  onRun?(notice: RunNotice): void;
}
