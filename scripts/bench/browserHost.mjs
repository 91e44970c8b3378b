// Starts the browser host as a user does, and a browser.
import { spawn } from "node:child_process";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";
import { findChromium } from "../lib/chromium.mjs";

/** Starts the host on a workspace. Returns its address, its process and how to close it. */
export function startHost({ root, workspace, userData }) {
  const words = [path.join(root, "out", "http.js"), "--no-open", "--workspace", workspace];
  return started(process.execPath, words, { root, userData });
}

/** Starts the host with `npm start`, including set-up. */
export function startCommand({ root, workspace, userData }) {
  const words = ["start", "--", "--browser", "--no-open", "--workspace", workspace];
  return started(process.platform === "win32" ? "npm.cmd" : "npm", words, { root, userData });
}

async function started(program, words, { root, userData }) {
  const env = { ...process.env, NAMEWRIGHT_DATA_DIR: userData };
  // A separate process group, because npm doesn't forward signals to its children.
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
    child.once("exit", (code) => reject(new Error(`the host exited with code ${code}`)));
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

/** Returns a client of the contract, like the renderer's. */
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

/** Launches a headless browser. Returns null if none is installed. */
export async function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  const { chromium } = await import("@playwright/test");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
}
