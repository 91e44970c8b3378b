/** PyTorch's index of builds without CUDA. */
export declare const cpuIndex = "https://download.pytorch.org/whl/cpu";
/**
 * Returns the names of this machine's NVIDIA GPUs; empty if there are none or the driver doesn't respond.
 * @returns {Promise<string[]>}
 */
export declare function nvidiaGpus(): Promise<string[]>;
/**
 * Returns the version of torch that a requirements file pins, or null.
 * @param {string} requirements  the file's text
 * @returns {string | null}
 */
export declare function pinnedTorch(requirements: string): string | null;
/**
 * Returns why the CPU build of torch isn't available from its index, or null if it is. Takes at most 15 s.
 * @param {{python: string, minor: string, version: string}} wanted  python: an interpreter; minor: its "3.11"
 * @returns {Promise<string | null>}
 */
export declare function whyNoCpuTorch({
  python,
  minor,
  version,
}: {
  python: string;
  minor: string;
  version: string;
}): Promise<string | null>;
/**
 * Whether the CPU build is worth checking for: only on Linux is the default build a CUDA build.
 * @param {{platform: string, gpus: string[]}} machine
 */
export declare function wantsCpuTorch({ platform, gpus }: { platform: string; gpus: string[] }): boolean;
