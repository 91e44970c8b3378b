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

/** Keys and tokens. They never go to a renderer, a log or a command line. */
export interface Secrets {
  get(name: "OPENAI_API_KEY" | "HUGGINGFACE_API_TOKEN"): Promise<string | null>;
}

/** All in which hosts differ. Each host implements it and hands it to `createServices(platform)`. */
export interface Platform {
  readonly name: "desktop" | "browser" | "terminal" | "test";
  readonly paths: PlatformPaths;
  readonly secrets: Secrets;
  /** Plain settings from the environment or `.env`: DEVICE, OPENAI_BASE_URL, NAMEWRIGHT_JUDGE_MODEL. */
  setting(name: string): string | undefined;
  launchWorker(entry: WorkerEntry): WorkerPort;
}
