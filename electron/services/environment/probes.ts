import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, homedir, totalmem } from "node:os";
import path from "node:path";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { availableMemory } from "../accelerator/hostMemory.ts";
import type { Platform, PlatformPaths, SecretName } from "../platform.ts";
import type { Finding, Probe } from "./doctor.ts";
import { checkLlama, checkTorch } from "./engineProbes.ts";
import { findPython } from "./findPython.mjs";
import { currentEnvironment, listEnvironments, requirementsHash } from "./folders.mjs";
import { requirementsFile } from "./pythonOf.ts";
import { hasSmollm2, smollm2Folder } from "./smollm2.mjs";

const quickMs = 15_000;
/** The first import of torch from a cold disk takes up to a minute. */
const slowMs = 90_000;

/** Returns all checks of doctor in display order; `device` is the user's setting. */
export function doctorProbes(platform: Platform, device: string | undefined): Probe[] {
  const { paths } = platform;
  const root = path.dirname(paths.resources);
  return [
    { id: "node", timeoutMs: quickMs, check: async () => checkNode(process.versions.node) },
    { id: "python", timeoutMs: quickMs, check: () => checkPython() },
    { id: "environment", timeoutMs: quickMs, check: async () => checkEnvironment(paths) },
    { id: "torch", timeoutMs: slowMs, check: (signal) => checkTorch(paths, device, signal) },
    {
      id: "llama",
      timeoutMs: slowMs,
      check: (signal) => checkLlama(() => platform.launchWorker("inference"), signal),
    },
    {
      id: "electron",
      timeoutMs: quickMs,
      check: async () =>
        platform.name === "desktop"
          ? { status: "ok", detail: "this window runs on it" }
          : checkElectron(root),
    },
    {
      id: "openai-key",
      timeoutMs: quickMs,
      check: () => checkSecret(platform, "OPENAI_API_KEY", "only the rule judge (a baseline) is available"),
    },
    {
      id: "huggingface-token",
      timeoutMs: quickMs,
      check: () =>
        checkSecret(platform, "HUGGINGFACE_API_TOKEN", "gated base models such as Mistral 7B need one"),
    },
    { id: "disk", timeoutMs: quickMs, check: () => checkDisk(paths.userData) },
    { id: "memory", timeoutMs: quickMs, check: async () => checkMemory(await availableMemory(), totalmem()) },
    { id: "smollm2", timeoutMs: quickMs, check: async () => checkSmollm2(paths) },
    { id: "chromium", timeoutMs: quickMs, check: async () => checkChromium() },
  ];
}

/** Checks Node's version. Node runs TypeScript directly from 22.18 on. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const detail = `Node ${version}, ${availableParallelism()} CPU cores`;
  if (major > 22 || (major === 22 && minor >= 18)) return { status: "ok", detail };
  return { status: "missing", detail, hint: "install Node 24 from nodejs.org" };
}

async function checkPython(): Promise<Finding> {
  const { found, rejected } = await findPython({
    env: process.env,
    platform: process.platform,
    home: homedir(),
  });
  if (found !== null) return { status: "ok", detail: `Python ${found.version} (${found.executable})` };
  const seen = rejected.map(({ command, reason }) => `${command} ${reason}`).join("; ");
  return {
    status: "missing",
    detail: `no Python ≥ 3.10 that can create an environment${seen === "" ? "" : `: ${seen}`}`,
    hint: "install Python 3.12 with venv, or set NAMEWRIGHT_PYTHON to its path",
  };
}

/** Checks the Python environment for the current requirements. */
function checkEnvironment(paths: Pick<PlatformPaths, "userData" | "resources">): Finding {
  const file = requirementsFile(paths);
  const current = currentEnvironment(paths.userData, file);
  const others = listEnvironments(paths.userData).length - (current === null ? 0 : 1);
  if (current === null) {
    const wanted = requirementsHash(readFileSync(file, "utf8"));
    const old = others > 0 ? `; ${others} for other requirements` : "";
    return {
      status: "missing",
      detail: `none for requirements ${wanted} in ${paths.userData}${old}`,
      hint: "npm run setup",
    };
  }
  const { folder, stamp } = current;
  const detail = `${folder}: requirements ${stamp.requirements}, Python ${stamp.python}, torch build ${stamp.torch}`;
  if (others === 0) return { status: "ok", detail };
  return { status: "ok", detail, hint: `you can delete ${others} older from ${path.dirname(folder)}` };
}

/** Checks Electron's binary without requiring the package, which would download it. */
export function checkElectron(root: string): Finding {
  const folder = path.join(root, "node_modules", "electron");
  const pathFile = path.join(folder, "path.txt");
  const binary = existsSync(pathFile)
    ? path.join(folder, "dist", readFileSync(pathFile, "utf8").trim())
    : null;
  if (binary !== null && existsSync(binary)) return { status: "ok", detail: binary };
  return {
    status: "warning",
    detail: "its binary isn't installed; the terminal and the browser work without it",
    hint: "run npx install-electron to use the desktop window",
  };
}

async function checkSecret(platform: Platform, name: SecretName, without: string): Promise<Finding> {
  const value = await platform.secrets.get(name);
  if (value !== null && value !== "") return { status: "ok", detail: `${name} is set` };
  const hint = platform.secrets.set === undefined ? `add ${name}=… to .env` : "set it in Settings";
  return { status: "warning", detail: `${name} is not set: ${without}`, hint };
}

async function checkDisk(folder: string): Promise<Finding> {
  let there = folder;
  while (!existsSync(there) && path.dirname(there) !== there) there = path.dirname(there);
  const { bavail, bsize } = await statfs(there);
  return judgeDisk(bavail * bsize, there);
}

/** Judges free disk space in bytes, as available to the user. */
export function judgeDisk(freeBytes: number, folder: string): Finding {
  const detail = `${formatBytes(freeBytes)} free in ${folder}`;
  if (freeBytes >= 8e9) return { status: "ok", detail };
  const hint = "the Python environment takes about 6 GB; set NAMEWRIGHT_DATA_DIR to put it on another disk";
  return { status: "warning", detail, hint };
}

/** Judges memory in bytes. Training the embedded base takes about 1.5 GB. */
export function checkMemory(free: number, total: number): Finding {
  const detail = `${formatBytes(free)} available of ${formatBytes(total)}`;
  if (free >= 2e9) return { status: "ok", detail };
  return {
    status: "warning",
    detail,
    hint: "training on the embedded base model takes about 1.5 GB: close other programs",
  };
}

function checkSmollm2(paths: Pick<PlatformPaths, "userData" | "resources">): Finding {
  if (hasSmollm2(paths)) return { status: "ok", detail: smollm2Folder(paths.userData) };
  return {
    status: "warning",
    detail: "not on this machine; only the demo and workspaces with the base smollm2 need it",
    hint: "namewright base add smollm2",
  };
}

function checkChromium(): Finding {
  const usual = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ];
  const found = usual.find((file) => file !== undefined && existsSync(file));
  if (found !== undefined) return { status: "ok", detail: found };
  return {
    status: "warning",
    detail: "not found; only the browser tests need it",
    hint: "install Chromium or Chrome",
  };
}
