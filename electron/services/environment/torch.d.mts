/** Where PyTorch keeps its builds without CUDA. */
export declare const cpuIndex = "https://download.pytorch.org/whl/cpu";
/**
 * The NVIDIA GPUs of this machine by name; empty where there is none or its driver does not answer.
 * @returns {Promise<string[]>}
 */
export declare function nvidiaGpus(): Promise<string[]>;
/**
 * The version of torch that a requirements file pins.
 * @param {string} requirements  the file's text
 * @returns {string | null}
 */
export declare function pinnedTorch(requirements: string): string | null;
/**
 * Why the CPU build of torch cannot be had from its index, or null where it can. Asks at most 15 s.
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
 * Whether an index page lists the CPU build for this Python on 64-bit Linux.
 * @param {string} page  HTML of the index
 * @param {{minor: string, version: string}} wanted
 */
export declare function listsCpuTorch(
  page: string,
  {
    minor,
    version,
  }: {
    minor: string;
    version: string;
  },
): boolean;
/**
 * Whether the CPU build is worth asking for: only on Linux does the default index give a CUDA build.
 * @param {{platform: string, gpus: string[]}} machine
 */
export declare function wantsCpuTorch({ platform, gpus }: { platform: string; gpus: string[] }): boolean;
