/** How the program was started: its arguments, environment and platform. */
export interface Launch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
  /** Electron's `process.resourcesPath`: the folder of a package's files outside its archive. */
  readonly resourcesPath: string;
  /** The source of the system's signals: the process. */
  readonly signals: Pick<NodeJS.Process, "once">;
}

/** The options on the command line. Chromium's switches and unknown words are ignored. */
export interface LaunchOptions {
  readonly workspace: string | null;
  /** Opens the first screen, checks that it renders, and exits. */
  readonly smoke: boolean;
}

export function readOptions(argv: readonly string[]): LaunchOptions {
  let workspace: string | null = null;
  argv.forEach((word, index) => {
    if (word.startsWith("--workspace=")) workspace = word.slice("--workspace=".length);
    else if (word === "--workspace") workspace = argv[index + 1] ?? null;
  });
  return { workspace, smoke: argv.includes("--smoke") };
}
