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
/** @typedef {"cpu" | "default"} TorchVariant The smaller CPU build of torch, or what the default index gives. */
/**
 * What stands in an environment's `.complete`, written last: a folder without it is a build that was cut off.
 * @typedef {object} EnvironmentStamp
 * @property {string} requirements  first 12 hex digits of sha256 of requirements.txt
 * @property {string} python  major.minor, "3.11"
 * @property {TorchVariant} torch
 * @property {string} builtAt  ISO time
 * @property {number} seconds  how long the build took
 */
/** @typedef {{folder: string, python: string, stamp: EnvironmentStamp}} PythonEnvironment */
/**
 * The user's data folder, where environments, logs and caches lie. `NAMEWRIGHT_DATA_DIR` overrides it.
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
 * First 12 hex digits of sha256 over a requirements file, line ends made equal (git on Windows changes them).
 * @param {string} text
 */
export declare function requirementsHash(text: string): string;
/**
 * The name of an environment's folder: another requirements file, Python or torch is another environment.
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
 * Where all environments of ours lie.
 * @param {string} userData
 */
export declare function environmentsFolder(userData: string): string;
/**
 * The folder of one environment, whether it is there or not.
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
 * The interpreter inside an environment.
 * @param {string} folder
 * @param {string} [platform]
 */
export declare function pythonInside(folder: string, platform?: string): string;
/**
 * A whole environment's stamp; null where the folder is not there, was cut off, or holds no interpreter.
 * @param {string} folder
 * @returns {EnvironmentStamp | null}
 */
export declare function readStamp(folder: string): EnvironmentStamp | null;
/**
 * Every whole environment under the user's data folder, newest first; starts no process.
 * @param {string} userData
 * @returns {PythonEnvironment[]}
 */
export declare function listEnvironments(userData: string): PythonEnvironment[];
/**
 * The environment that was built from this requirements file, or null. Fast: it only looks at files, so that every
 * command can ask it.
 * @param {string} userData
 * @param {string} requirementsFile
 * @returns {PythonEnvironment | null}
 */
export declare function currentEnvironment(
  userData: string,
  requirementsFile: string,
): PythonEnvironment | null;
