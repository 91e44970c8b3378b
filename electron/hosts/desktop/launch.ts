/** How the program was started, as far as the desktop host cares. */
export interface Launch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
  /** Electron's `process.resourcesPath`: where a package keeps what lies outside its archive. */
  readonly resourcesPath: string;
  /** Where the system's signals come in: the process. */
  readonly signals: Pick<NodeJS.Process, "once">;
}

/** What the command line asks for. Chromium's own switches, and what we do not know, are passed over. */
export interface LaunchOptions {
  readonly workspace: string | null;
  /** Opens the first screen, looks whether it stands, and ends. */
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
