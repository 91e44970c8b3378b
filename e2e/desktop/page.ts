import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import type { MessagePort as NodePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import type { StandInPort } from "../../electron/hosts/testing/fakeElectron/ports.ts";
import type { StandInWindow } from "../../electron/hosts/testing/fakeElectron/windows.ts";
import type { Contract } from "../../shared/contract/index.ts";
import { app, standIn } from "./standIn.ts";

type Body = Record<string, unknown> & { readonly type?: unknown };
type Listener = (event: { ports: readonly NodePort[] }, body: object) => void;

/** One of our pages as main and preload see it: runs the built preload like the one of a sandboxed page. */
export function openPage(window: StandInWindow) {
  const listeners = new Map<string, Listener>();
  const heard: { body: Body; ports: readonly NodePort[] }[] = [];
  let wake = () => {};
  const exposed: Record<string, (argument: unknown) => unknown> = {};
  const electron = {
    contextBridge: {
      exposeInMainWorld: (_key: string, api: object) => void Object.assign(exposed, api),
    },
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => {
        const sender = window.webContents;
        standIn.ipcMain.emit(channel, { sender, senderFrame: sender.mainFrame }, ...args);
      },
      on: (channel: string, listener: Listener) => void listeners.set(channel, listener),
    },
    webUtils: { getPathForFile: () => "" },
  };
  const pageWindow = {
    location: { origin: "app://namewright" },
    postMessage(body: Body, origin: string, ports: readonly NodePort[]) {
      if (origin !== "app://namewright") return;
      heard.push({ body, ports });
      wake();
    },
  };
  const code = readFileSync(path.join(app, "out", "desktop", "preload.cjs"), "utf8");
  const run = vm.compileFunction(code, ["require", "window"], { parsingContext: vm.createContext({}) });
  run((name: string) => {
    if (name !== "electron") throw new Error(`module not found: ${name}`);
    return electron;
  }, pageWindow);
  window.webContents.mainFrame.onPosted = (channel, message, transfer) => {
    const ports = (transfer as readonly StandInPort[]).map(({ web }) => web);
    listeners.get(channel)?.({ ports }, message as object);
  };
  return {
    heard,
    /** Requests a port from main, as the renderer does, and connects a typed client over it. */
    async connect(workspaceId: string | null) {
      const answered = new Promise<void>((resolve) => {
        wake = resolve;
      });
      exposed.requestPort?.(workspaceId);
      await answered;
      const [port] = heard.at(-1)?.ports ?? [];
      if (port === undefined) throw new Error(`no port came: ${JSON.stringify(heard.at(-1)?.body)}`);
      port.start();
      const link = new RPCLink({ port: port as unknown as MessagePort });
      return {
        client: createORPCClient<ContractRouterClient<Contract>>(link),
        /** Sends what no typed client would. */
        send: (names: string[], input: unknown): Promise<unknown> => link.call(names, input, { context: {} }),
      };
    },
  };
}
