// Whether the specs of the screens can run on Electron here, and how they are started.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { chooseHost, electronBinary } from "./chooseHost.mjs";

/**
 * The command of the specs on Electron, behind a screen of its own where the machine has none; or why there is none.
 * @param {string} root
 * @param {string} node
 * @param {readonly string[]} words  further ones for Playwright
 * @returns {{file: string, words: string[], env: Record<string, string>} | {reason: string}}
 */
export function electronSpecs(root, node, words = []) {
  const binary = electronBinary(root);
  if (binary === null) return { reason: "Electron's binary is not there (npx install-electron gets it)" };
  const { env, platform } = process;
  const screen = chooseHost({ words: [], binary, env, platform, uid: undefined }).host === "desktop";
  const playwright = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  const config = path.join(root, "e2e", "browser", "playwright.config.ts");
  const command = [playwright, "test", "--config", config, ...words];
  const electron = { NAMEWRIGHT_E2E_HOST: "electron" };
  if (screen) return { file: node, words: command, env: electron };
  if (spawnSync("xvfb-run", ["--help"], { stdio: "ignore" }).error !== undefined)
    return { reason: "there is no screen, and no xvfb-run to stand in for one" };
  return { file: "xvfb-run", words: ["-a", node, ...command], env: electron };
}
