// Chromium for browser tests, through the system's own package manager where that is possible.
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { runLines } from "../../electron/services/environment/child.mjs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The browser that is there, or null. `CHROMIUM` names another one. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM && existsSync(env.CHROMIUM)) return env.CHROMIUM;
  return usual.find((file) => existsSync(file)) ?? null;
}

/**
 * Installs Chromium with apt for root on Debian and Ubuntu; says why not elsewhere. Never throws: it is optional.
 * @returns {Promise<{browser: string | null, reason: string}>}
 */
export async function ensureChromium({ progress }) {
  const there = findChromium();
  if (there) return { browser: there, reason: "is there" };
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get"))
    return { browser: null, reason: "optional; install Chromium or Chrome for the browser tests" };
  if (userInfo().uid !== 0) return { browser: null, reason: "optional; sudo apt-get install chromium" };
  progress("apt-get install chromium");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runLines("apt-get", ["update", "-q"], { env });
  const { code, lines } = await runLines(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", "chromium"],
    {
      env,
    },
  );
  const browser = findChromium();
  const why = lines.findLast((line) => /^E: /.test(line)) ?? `apt-get ended with ${code}`;
  return browser ? { browser, reason: "installed" } : { browser: null, reason: `optional; ${why}` };
}
