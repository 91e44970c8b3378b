// The browser host as a user starts it, and the browser that shows it.
import { spawn } from "node:child_process";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";
import { findChromium } from "../lib/chromium.mjs";

/** Starts the host on a workspace. @returns where it is, its process, and its end */
export async function startHost({ root, workspace, userData }) {
  const words = [path.join(root, "out", "http.js"), "--no-open", "--workspace", workspace];
  const env = { ...process.env, NAMEWRIGHT_DATA_DIR: userData };
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "ignore"] });
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
      child.kill("SIGTERM");
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
