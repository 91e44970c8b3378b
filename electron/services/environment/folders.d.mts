export type TorchVariant = "cpu" | "default";
export type EnvironmentStamp = {
  /**
   * first 12 hex digits of sha256 of requirements.txt
   */
  requirements: string;
  /**
   * major.minor, "3.11"
   */
  python: string;
  torch: TorchVariant;
  /**
   * ISO time
   */
  builtAt: string;
  /**
   * how long the build took
   */
  seconds: number;
};
export type PythonEnvironment = {
  folder: string;
  python: string;
  stamp: EnvironmentStamp;
};
/** @typedef {"cpu" | "default"} TorchVariant The smaller CPU build of torch, or the build from the default index. */
/**
 * The content of an environment's `.complete`, which is written last. A folder without it is an interrupted build.
 * @typedef {object} EnvironmentStamp
 * @property {string} requirements  first 12 hex digits of sha256 of requirements.txt
 * @property {string} python  major.minor, "3.11"
 * @property {TorchVariant} torch
 * @property {string} builtAt  ISO time
 * @property {number} seconds  how long the build took
 */
/** @typedef {{folder: string, python: string, stamp: EnvironmentStamp}} PythonEnvironment */
/**
 * Returns the user's data folder for environments, logs and caches. `NAMEWRIGHT_DATA_DIR` overrides it.
 * @param {{env: Record<string, string | undefined>, platform: string, home: string}} machine
 * @returns {string} an absolute path
 */
export declare function userDataFolder({
  env,
  platform,
  home,
}: {
  env: Record<string, string | undefined>;
  platform: string;
  home: string;
}): string;
/**
 * Returns the first 12 hex digits of the sha256 of a requirements file, with LF line endings (Git on Windows changes
 * them).
 * @param {string} text
 */
export declare function requirementsHash(text: string): string;
/**
 * Returns the name of an environment's folder, which depends on the requirements, Python and torch.
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts  requirements: its hash
 */
export declare function environmentKey({
  requirements,
  python,
  torch,
}: {
  requirements: string;
  python: string;
  torch: TorchVariant;
}): string;
/**
 * Returns the folder of all our environments.
 * @param {string} userData
 */
export declare function environmentsFolder(userData: string): string;
/**
 * Returns the folder of one environment, whether it exists or not.
 * @param {string} userData
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts
 */
export declare function environmentFolder(
  userData: string,
  parts: {
    requirements: string;
    python: string;
    torch: TorchVariant;
  },
): string;
/**
 * Returns the interpreter inside an environment.
 * @param {string} folder
 * @param {string} [platform]
 */
export declare function pythonInside(folder: string, platform?: string): string;
/**
 * Returns a complete environment's stamp, or null when the folder is absent, incomplete or has no interpreter.
 * @param {string} folder
 * @returns {EnvironmentStamp | null}
 */
export declare function readStamp(folder: string): EnvironmentStamp | null;
/**
 * Returns all complete environments in the user's data folder, newest first. Starts no process.
 * @param {string} userData
 * @returns {PythonEnvironment[]}
 */
export declare function listEnvironments(userData: string): PythonEnvironment[];
/**
 * Returns the environment that was built from this requirements file, or null. Reads only files, so that every command
 * can afford it.
 * @param {string} userData
 * @param {string} requirementsFile
 * @returns {PythonEnvironment | null}
 */
export declare function currentEnvironment(
  userData: string,
  requirementsFile: string,
): PythonEnvironment | null;
