// Decides whether the screen specs can run on Electron on this machine, and how.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { chooseHost, electronBinary } from "./chooseHost.mjs";

/**
 * Returns the command that runs the specs on Electron, with a virtual display if needed, or why they can't run.
 * @param {string} root
 * @param {string} node
 * @param {readonly string[]} words  additional options for Playwright
 * @returns {{file: string, words: string[], env: Record<string, string>} | {reason: string}}
 */
export function electronSpecs(root, node, words = []) {
  const binary = electronBinary(root);
  if (binary === null) return { reason: "Electron's binary is not installed (run npx install-electron)" };
  const { env, platform } = process;
  const screen = chooseHost({ words: [], binary, env, platform, uid: undefined }).host === "desktop";
  const playwright = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  const config = path.join(root, "e2e", "browser", "playwright.config.ts");
  const command = [playwright, "test", "--config", config, ...words];
  const electron = { NAMEWRIGHT_E2E_HOST: "electron" };
  if (screen) return { file: node, words: command, env: electron };
  if (spawnSync("xvfb-run", ["--help"], { stdio: "ignore" }).error !== undefined)
    return { reason: "no display found, and xvfb-run is not installed" };
  return { file: "xvfb-run", words: ["-a", node, ...command], env: electron };
}
