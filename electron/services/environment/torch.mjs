// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

/** PyTorch's index of builds without CUDA. */
export const cpuIndex = "https://download.pytorch.org/whl/cpu";

/**
 * Returns the names of this machine's NVIDIA GPUs; empty if there are none or the driver doesn't respond.
 * @returns {Promise<string[]>}
 */
export function nvidiaGpus() {
  const usual = ["nvidia-smi", "/usr/bin/nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi"];
  const command = usual.find((file) => file.startsWith("/") && existsSync(file)) ?? "nvidia-smi";
  return new Promise((resolve) => {
    const words = ["--query-gpu=name", "--format=csv,noheader"];
    execFile(command, words, { timeout: 8_000 }, (error, stdout) => {
      if (!error)
        return resolve(
          stdout
            .split("\n")
            .map((name) => name.trim())
            .filter(Boolean),
        );
      // A container may have the device without its tools.
      const driver = "/proc/driver/nvidia/gpus";
      resolve(existsSync(driver) ? readdirSync(driver) : []);
    });
  });
}

/**
 * Returns the version of torch that a requirements file pins, or null.
 * @param {string} requirements  the file's text
 * @returns {string | null}
 */
export function pinnedTorch(requirements) {
  return /^torch==([^\s;#]+)/m.exec(requirements)?.[1] ?? null;
}

// Uses the Python that will install it, because pip and urllib share proxies and certificates.
const askIndex = [
  "import sys, urllib.request",
  "sys.stdout.write(urllib.request.urlopen(sys.argv[1], timeout=12).read().decode())",
].join("\n");

/**
 * Returns why the CPU build of torch isn't available from its index, or null if it is. Takes at most 15 s.
 * @param {{python: string, minor: string, version: string}} wanted  python: an interpreter; minor: its "3.11"
 * @returns {Promise<string | null>}
 */
export function whyNoCpuTorch({ python, minor, version }) {
  return new Promise((resolve) => {
    const words = ["-c", askIndex, `${cpuIndex}/torch/`];
    execFile(python, words, { timeout: 15_000, maxBuffer: 32 << 20 }, (error, stdout, stderr) => {
      if (error) return resolve(urlError(stderr) || "no response");
      resolve(
        listsCpuTorch(stdout, { minor, version }) ? null : `it has no torch ${version} for Python ${minor}`,
      );
    });
  });
}

/**
 * Returns the reason in the last line of a Python error, such as `urllib.error.URLError: <urlopen error [Errno -2] …>`.
 * @param {string} stderr
 */
function urlError(stderr) {
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return last.replace(/^[\w.]+: /, "").replace(/^<urlopen error (?:\[Errno [^\]]+\] )?(.*)>$/, "$1");
}

/**
 * Whether an index page lists the CPU build for this Python on 64-bit Linux.
 * @param {string} page  HTML of the index
 * @param {{minor: string, version: string}} wanted
 */
function listsCpuTorch(page, { minor, version }) {
  const tag = `cp${minor.replace(".", "")}`;
  return ["%2B", "+"].some((plus) => page.includes(`torch-${version}${plus}cpu-${tag}-${tag}-`));
}

/**
 * Whether the CPU build is worth checking for: only on Linux is the default build a CUDA build.
 * @param {{platform: string, gpus: string[]}} machine
 */
export function wantsCpuTorch({ platform, gpus }) {
  return platform === "linux" && gpus.length === 0;
}
