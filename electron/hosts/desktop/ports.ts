import { RPCHandler } from "@orpc/server/message-port";
import type Electron from "electron";
import { failureDetail } from "../../../shared/domain/failure.ts";
import { desktopChannels, type PortAnswer } from "../../../shared/schema/desktop.ts";
import { type OnDefect, servedOptions } from "../serving/wireErrors.ts";
import type { WorkspaceHub } from "../serving/workspaceHub.ts";
import { appOrigin } from "./appAddress.ts";
import type { ElectronApi } from "./electronApi.ts";

/** Whether a message comes from the main frame of a page of ours: no iframe, no other origin, no frame that is gone. */
export function isFromOurPage({
  senderFrame,
  sender,
}: Pick<Electron.IpcMainEvent, "senderFrame" | "sender">): boolean {
  if (senderFrame === null || senderFrame.parent !== null || senderFrame.detached) return false;
  return senderFrame.origin === appOrigin && senderFrame.frameToken === sender.mainFrame.frameToken;
}

/** Gives a page that asks a port to a workspace's router; without an id, to that of the first workspace. */
export function servePorts(
  { ipcMain, MessageChannelMain }: Pick<ElectronApi, "ipcMain" | "MessageChannelMain">,
  hub: Pick<WorkspaceHub, "open" | "first">,
  onDefect: OnDefect,
): void {
  /** Held here, or they would be collected with their listeners. */
  const open = new Set<Electron.MessagePortMain>();
  /** Who waits: a page that asks again while a workspace opens gets one port, not two. */
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

  /** What is posted to the page, and the port with it. */
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
