export type PythonEnvironment = import("./folders.mjs").PythonEnvironment;
export type TorchVariant = import("./folders.mjs").TorchVariant;
export type FoundPython = import("./findPython.mjs").FoundPython;
export type Machine = import("./findPython.mjs").Machine;
export type BuildPlan = {
  /**
   * of the new environment
   */
  folder: string;
  python: FoundPython;
  torch: TorchVariant;
  requirementsFile: string;
  /**
   * whether uv creates it
   */
  uv: boolean;
  /**
   * receives all output
   */
  log: string;
};
export type CudaPlan = Pick<BuildPlan, "folder" | "requirementsFile" | "log"> & {
  cudaFile: string;
};
/** @typedef {import("./folders.mjs").PythonEnvironment} PythonEnvironment */
/** @typedef {import("./folders.mjs").TorchVariant} TorchVariant */
/** @typedef {import("./findPython.mjs").FoundPython} FoundPython */
/** @typedef {import("./findPython.mjs").Machine} Machine */
/**
 * @typedef {object} BuildPlan
 * @property {string} folder  of the new environment
 * @property {FoundPython} python
 * @property {TorchVariant} torch
 * @property {string} requirementsFile
 * @property {boolean} uv  whether uv creates it
 * @property {string} log  receives all output
 */
/** @typedef {Pick<BuildPlan, "folder" | "requirementsFile" | "log"> & {cudaFile: string}} CudaPlan */
/**
 * A setup step failed. `hint` is the remedy.
 * `lines` are the last lines of the failed tool.
 */
export declare class SetupFailure extends Error {
  hint: string;
  lines: string[];
  /**
   * @param {string} message
   * @param {{hint: string, lines?: string[]}} more
   */
  constructor(
    message: string,
    {
      hint,
      lines,
    }: {
      hint: string;
      lines?: string[];
    },
  );
}
/**
 * Returns the environment for a requirements file, and builds it if necessary. A second setup waits for the first and
 * uses its result.
 * @param {object} wanted
 * @param {Machine} wanted.machine
 * @param {string} wanted.userData
 * @param {string} wanted.requirementsFile
 * @param {(text: string) => void} [wanted.onProgress]  receives the current step
 * @param {(text: string) => void} [wanted.onNote]  receives messages that stay on screen
 * @param {(plan: BuildPlan, onProgress: (text: string) => void) => Promise<void>} [wanted.build]
 * @param {() => Promise<string[]>} [wanted.findGpus]  returns the names of the NVIDIA GPUs
 * @param {(plan: CudaPlan, onProgress: (text: string) => void) => Promise<void>} [wanted.addCuda]
 * @returns {Promise<{environment: PythonEnvironment, built: boolean}>}
 * @throws {SetupFailure}
 */
export declare function ensureEnvironment(wanted: {
  machine: Machine;
  userData: string;
  requirementsFile: string;
  onProgress?: (text: string) => void;
  onNote?: (text: string) => void;
  build?: (plan: BuildPlan, onProgress: (text: string) => void) => Promise<void>;
  findGpus?: () => Promise<string[]>;
  addCuda?: (plan: CudaPlan, onProgress: (text: string) => void) => Promise<void>;
}): Promise<{
  environment: PythonEnvironment;
  built: boolean;
}>;
/**
 * @param {string} file
 * @param {string[]} words
 * @returns {Promise<boolean>} whether the command ends with 0 within 20 s
 */
export declare function answers(file: string, words: string[]): Promise<boolean>;
/**
 * Returns the command that installs packages into an environment, without the packages.
 * @param {string} inside  the environment's interpreter
 * @param {boolean} uv
 */
export declare function pipCommand(
  inside: string,
  uv: boolean,
): {
  file: string;
  words: string[];
};
/**
 * Returns the environment variables of pip, uv and Python.
 * @returns {NodeJS.ProcessEnv}
 */
export declare function environmentOfTools(): NodeJS.ProcessEnv;
