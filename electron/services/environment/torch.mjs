// Plain JavaScript on Node's own modules: set-up runs this before any package is installed, on Node 20.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

/** Where PyTorch keeps its builds without CUDA. */
export const cpuIndex = "https://download.pytorch.org/whl/cpu";

/**
 * The NVIDIA GPUs of this machine by name; empty where there is none or its driver does not answer.
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
      // A container may see the device without its tools.
      const driver = "/proc/driver/nvidia/gpus";
      resolve(existsSync(driver) ? readdirSync(driver) : []);
    });
  });
}

/**
 * The version of torch that a requirements file pins.
 * @param {string} requirements  the file's text
 * @returns {string | null}
 */
export function pinnedTorch(requirements) {
  return /^torch==([^\s;#]+)/m.exec(requirements)?.[1] ?? null;
}

// Asked through the Python that will install it, because pip and urllib heed the same proxies and certificates.
const askIndex = [
  "import sys, urllib.request",
  "sys.stdout.write(urllib.request.urlopen(sys.argv[1], timeout=12).read().decode())",
].join("\n");

/**
 * Why the CPU build of torch cannot be had from its index, or null where it can. Asks at most 15 s.
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
 * The reason inside Python's last words, such as `urllib.error.URLError: <urlopen error [Errno -2] …>`.
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
export function listsCpuTorch(page, { minor, version }) {
  const tag = `cp${minor.replace(".", "")}`;
  return ["%2B", "+"].some((plus) => page.includes(`torch-${version}${plus}cpu-${tag}-${tag}-`));
}

/**
 * Whether the CPU build is worth asking for: only on Linux does the default index give a CUDA build.
 * @param {{platform: string, gpus: string[]}} machine
 */
export function wantsCpuTorch({ platform, gpus }) {
  return platform === "linux" && gpus.length === 0;
}
