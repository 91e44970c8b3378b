// Chooses the host: the desktop if Electron's binary is installed and a window can open, otherwise the browser.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Options of the browser host, which select it. */
const browserWords = ["--browser", "--no-open", "--port", "--allow", "--help", "-h"];

/**
 * Returns Electron's binary, or null if it wasn't downloaded. Doesn't require the package, which would start the download.
 * @param {string} root
 * @returns {string | null}
 */
export function electronBinary(root) {
  const folder = path.join(root, "node_modules", "electron");
  const pathFile = path.join(folder, "path.txt");
  if (!existsSync(pathFile)) return null;
  const binary = path.join(folder, "dist", readFileSync(pathFile, "utf8").trim());
  return existsSync(binary) ? binary : null;
}

/**
 * @param {{words: readonly string[], binary: string | null, env: Record<string, string | undefined>, platform: string,
 *   uid: number | undefined}} machine  uid: the user's, undefined on Windows
 * @returns {{host: "desktop", binary: string} | {host: "browser", reason: string, hint?: string}}
 */
export function chooseHost({ words, binary, env, platform, uid }) {
  const asked = words.find((word) => browserWords.some((own) => word === own || word.startsWith(`${own}=`)));
  if (asked !== undefined) return { host: "browser", reason: `${asked} was given` };
  if (binary === null)
    return {
      host: "browser",
      reason: "Electron's binary is not installed",
      hint: "npx install-electron",
    };
  const hasScreen = platform !== "linux" || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  if (!hasScreen) return { host: "browser", reason: "no display found to open a window" };
  if (uid === 0 && platform === "linux")
    return { host: "browser", reason: "Chromium's sandbox doesn't run as root" };
  return { host: "desktop", binary };
}
