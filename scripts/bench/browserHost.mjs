// The browser host as a user starts it, and the browser that shows it.
import { spawn } from "node:child_process";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";
import { findChromium } from "../lib/chromium.mjs";

/** Starts the host on a workspace. @returns where it is, its process, and its end */
export function startHost({ root, workspace, userData }) {
  const words = [path.join(root, "out", "http.js"), "--no-open", "--workspace", workspace];
  return started(process.execPath, words, { root, userData });
}

/** The same by the command that a user types, with the set-up that stands before it. */
export function startCommand({ root, workspace, userData }) {
  const words = ["start", "--", "--browser", "--no-open", "--workspace", workspace];
  return started(process.platform === "win32" ? "npm.cmd" : "npm", words, { root, userData });
}

async function started(program, words, { root, userData }) {
  const env = { ...process.env, NAMEWRIGHT_DATA_DIR: userData };
  // A group of its own: npm passes no signal on to what it has started.
  const child = spawn(program, words, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const found = /Namewright is at (\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the host ended with ${code}`)));
  });
  const { origin, hash } = new URL(address);
  return {
    address,
    origin,
    token: hash.replace("#token=", ""),
    pid: child.pid,
    async close() {
      if (process.platform === "win32") child.kill();
      else process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

/** A client of the contract, as the renderer has one. */
export async function connectTo({ origin, token }) {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/rpc`, ["namewright", `token.${token}`], {
    headers: { origin },
    maxPayload: 2 ** 28,
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return { client: createORPCClient(new RPCLink({ websocket: socket })), close: () => socket.terminate() };
}

/** A headless browser, or null where there is none. */
export async function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  const { chromium } = await import("@playwright/test");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
}
