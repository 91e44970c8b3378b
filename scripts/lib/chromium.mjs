// Finds Chromium for browser tests, or installs it with the system's package manager if possible.
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { runLines } from "../../electron/services/environment/child.mjs";

/** Debian's packages. The first has no window, and starts and opens pages in less time. */
const packages = ["chromium-headless-shell", "chromium"];

const usual = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Returns the installed browser, or null. The variable `CHROMIUM` can name another one. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM && existsSync(env.CHROMIUM)) return env.CHROMIUM;
  return usual.find((file) => existsSync(file)) ?? null;
}

/**
 * Installs Chromium with apt, as root on Debian and Ubuntu. Elsewhere returns the reason. Never throws, because Chromium
 * is optional.
 * @returns {Promise<{browser: string | null, reason: string}>}
 */
export async function ensureChromium({ progress }) {
  const there = findChromium();
  if (there) return { browser: there, reason: "installed" };
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get"))
    return { browser: null, reason: "optional; install Chromium or Chrome for the browser tests" };
  if (userInfo().uid !== 0) return { browser: null, reason: "optional; sudo apt-get install chromium" };
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  progress("apt-get update");
  await runLines("apt-get", ["update", "-q"], { env });
  let why = "";
  for (const name of packages) {
    progress(`apt-get install ${name}`);
    const words = ["install", "-y", "-q", "--no-install-recommends", name];
    const { code, lines } = await runLines("apt-get", words, { env });
    const browser = findChromium();
    if (browser) return { browser, reason: "installed" };
    why = lines.findLast((line) => /^E: /.test(line)) ?? `apt-get exited with code ${code}`;
  }
  return { browser: null, reason: `optional; ${why}` };
}
