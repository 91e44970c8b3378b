import type Electron from "electron";

/** The machine and the start that a test plays. */
export interface StandInOptions {
  /** The folder that holds our package.json. */
  readonly app: string;
  readonly packaged?: boolean;
  readonly documents?: string;
  /** Whether this is the first instance. */
  readonly first?: boolean;
  readonly displays?: readonly Electron.Rectangle[];
  readonly storageBackend?: ReturnType<Electron.SafeStorage["getSelectedStorageBackend"]>;
  readonly canEncrypt?: boolean;
}
