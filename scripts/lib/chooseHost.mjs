// Which host shows the screens: the desktop where Electron's binary is there and a window can be opened, else the browser.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Words that mean the browser host, and are its own. */
const browserWords = ["--browser", "--no-open", "--port", "--allow", "--help", "-h"];

/**
 * Electron's binary; null where it was not downloaded. Never asks the package: requiring it starts the download.
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
 *   uid: number | undefined}} machine  uid: the user's, where there are such
 * @returns {{host: "desktop", binary: string} | {host: "browser", reason: string, hint?: string}}
 */
export function chooseHost({ words, binary, env, platform, uid }) {
  const asked = words.find((word) => browserWords.some((own) => word === own || word.startsWith(`${own}=`)));
  if (asked !== undefined) return { host: "browser", reason: `${asked} asks for it` };
  if (binary === null)
    return {
      host: "browser",
      reason: "Electron's binary is not there",
      hint: "npx install-electron",
    };
  const hasScreen = platform !== "linux" || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  if (!hasScreen) return { host: "browser", reason: "there is no screen to open a window on" };
  if (uid === 0 && platform === "linux")
    return { host: "browser", reason: "this is root, and Chromium keeps its sandbox from root" };
  return { host: "desktop", binary };
}
