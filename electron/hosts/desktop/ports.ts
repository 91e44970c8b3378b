import { RPCHandler } from "@orpc/server/message-port";
import type Electron from "electron";
import { failureDetail } from "../../../shared/domain/failure.ts";
import { desktopChannels, type PortAnswer } from "../../../shared/schema/desktop.ts";
import { type OnDefect, servedOptions } from "../serving/wireErrors.ts";
import type { WorkspaceHub } from "../serving/workspaceHub.ts";
import { appOrigin } from "./appAddress.ts";
import type { ElectronApi } from "./electronApi.ts";

/** Returns whether a message comes from the live main frame of one of our pages. */
function isFromOurPage({
  senderFrame,
  sender,
}: Pick<Electron.IpcMainEvent, "senderFrame" | "sender">): boolean {
  if (senderFrame === null || senderFrame.parent !== null || senderFrame.detached) return false;
  return senderFrame.origin === appOrigin && senderFrame.frameToken === sender.mainFrame.frameToken;
}

/** Serves ports to a workspace's router on request. Without an id, serves the first workspace. */
export function servePorts(
  { ipcMain, MessageChannelMain }: Pick<ElectronApi, "ipcMain" | "MessageChannelMain">,
  hub: Pick<WorkspaceHub, "open" | "first">,
  onDefect: OnDefect,
): void {
  /** Keeps the ports alive: unreferenced ones are garbage-collected with their listeners. */
  const open = new Set<Electron.MessagePortMain>();
  /** Pending requests: a page that asks again while a workspace opens gets one port, not two. */
  const asking = new Set<string>();
  const options = servedOptions(onDefect);

  async function connect(workspaceId: string): Promise<Electron.MessagePortMain> {
    const { router } = await hub.open(workspaceId);
    const { port1, port2 } = new MessageChannelMain();
    open.add(port1);
    port1.once("close", () => open.delete(port1));
    new RPCHandler(router, options).upgrade(port1, { context: {} });
    port1.start();
    return port2;
  }

  /** Returns the answer for the page, and the port to transfer with it. */
  async function answerTo(workspaceId: string): Promise<[PortAnswer, ...Electron.MessagePortMain[]]> {
    try {
      return [{ workspaceId }, await connect(workspaceId)];
    } catch (error) {
      const failure = failureDetail(error);
      if (failure.code === "defect") onDefect(error);
      return [{ workspaceId, failure }];
    }
  }

  ipcMain.on(desktopChannels.requestPort, async (event, asked: unknown) => {
    const frame = event.senderFrame;
    if (frame === null || !isFromOurPage(event)) return;
    const workspaceId = typeof asked === "string" ? asked : hub.first;
    const who = `${event.sender.id} ${frame.frameToken} ${workspaceId}`;
    if (asking.has(who)) return;
    asking.add(who);
    const [answer, ...port] = await answerTo(workspaceId);
    asking.delete(who);
    if (!frame.isDestroyed()) frame.postMessage(desktopChannels.port, answer, port);
    else for (const one of port) one.close();
  });
}
