export type PythonEnvironment = import("./folders.mjs").PythonEnvironment;
export type TorchVariant = import("./folders.mjs").TorchVariant;
export type FoundPython = import("./findPython.mjs").FoundPython;
export type Machine = import("./findPython.mjs").Machine;
export type BuildPlan = {
  /**
   * where the environment will lie
   */
  folder: string;
  python: FoundPython;
  torch: TorchVariant;
  requirementsFile: string;
  /**
   * whether uv makes it
   */
  uv: boolean;
  /**
   * takes every line that was printed
   */
  log: string;
};
/** @typedef {import("./folders.mjs").PythonEnvironment} PythonEnvironment */
/** @typedef {import("./folders.mjs").TorchVariant} TorchVariant */
/** @typedef {import("./findPython.mjs").FoundPython} FoundPython */
/** @typedef {import("./findPython.mjs").Machine} Machine */
/**
 * @typedef {object} BuildPlan
 * @property {string} folder  where the environment will lie
 * @property {FoundPython} python
 * @property {TorchVariant} torch
 * @property {string} requirementsFile
 * @property {boolean} uv  whether uv makes it
 * @property {string} log  takes every line that was printed
 */
/**
 * Something needed is missing, with what to do.
 * `lines` are the last words of the tool that failed.
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
 * The environment for a requirements file: the one that is there, or a newly built one. A second set-up waits for the
 * first and then finds what it built.
 * @param {object} wanted
 * @param {Machine} wanted.machine
 * @param {string} wanted.userData
 * @param {string} wanted.requirementsFile
 * @param {(text: string) => void} [wanted.onProgress]  the last thing that happened, in a few words
 * @param {(text: string) => void} [wanted.onNote]  what should stay on the screen
 * @param {(plan: BuildPlan, onProgress: (text: string) => void) => Promise<void>} [wanted.build]
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
}): Promise<{
  environment: PythonEnvironment;
  built: boolean;
}>;
/**
 * Builds an environment with uv, or venv and pip. Where uv fails and this Python has venv, pip has a try: it reads
 * configuration (an index of one's company, a certificate) that uv does not.
 * @param {BuildPlan} plan
 * @param {(text: string) => void} onProgress
 * @throws {SetupFailure} with the tool's own last words
 */
export declare function buildEnvironment(plan: BuildPlan, onProgress: (text: string) => void): Promise<void>;
