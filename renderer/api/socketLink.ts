import { RPCLink } from "@orpc/client/websocket";
import { WebSocket as ReconnectingWebSocket } from "partysocket";
import { type LinkContext, retryPlugin } from "./linkOptions.ts";
import { isTokenRefused } from "./localFiles.ts";
import { setConnectionStatus } from "./status.ts";
import { launchToken } from "./token.ts";

/** Close code of the host when it can't open the workspace. */
const workspaceClosed = 4404;
const linkExpired = "The server restarted and this link expired. Open the new URL shown in the terminal.";

/** Connects to the contract over a WebSocket to the browser host. */
export function socketLink(workspaceId: string | null) {
  const url = new URL("/rpc", window.location.href);
  url.protocol = "ws:";
  if (workspaceId !== null) url.searchParams.set("workspace", workspaceId);
  const protocols = ["namewright", `token.${launchToken() ?? "none"}`];
  const socket = new ReconnectingWebSocket(url.href, protocols, {
    minReconnectionDelay: 300,
    maxReconnectionDelay: 3000,
    connectionTimeout: 10_000,
  });
  let wasOpen = false;
  let closed = false;
  /** Closes silently: by the time the socket reports it, another connection may already be in use. */
  const close = () => {
    closed = true;
    socket.close();
  };
  const refuse = (reason: string) => {
    if (closed) return;
    setConnectionStatus({ kind: "refused", reason });
    close();
  };
  socket.addEventListener("open", () => {
    wasOpen = true;
    setConnectionStatus({ kind: "open" });
  });
  socket.addEventListener("close", async ({ code, reason }) => {
    if (closed) return;
    if (code === workspaceClosed) return refuse(reason);
    setConnectionStatus({ kind: wasOpen ? "lost" : "connecting" });
    // A refused upgrade looks like any broken connection, so ask for the reason.
    if (await isTokenRefused()) refuse(linkExpired);
  });
  const link = new RPCLink<LinkContext>({
    websocket: socket as unknown as WebSocket,
    plugins: [retryPlugin],
  });
  return { link, close };
}
