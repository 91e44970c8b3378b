import { RPCLink } from "@orpc/client/websocket";
import { WebSocket as ReconnectingWebSocket } from "partysocket";
import { type LinkContext, retrying } from "./linkOptions.ts";
import { isTokenRefused } from "./localFiles.ts";
import { setConnectionStatus } from "./status.ts";
import { launchToken } from "./token.ts";

/** The host's own close code: the workspace cannot be opened. */
const workspaceClosed = 4404;
const startedAnew =
  "The host was started anew, and each start has a token of its own: open the address that it printed.";

/** The contract over a WebSocket to the browser host. */
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
  /** By us: the socket tells it as any other end, while another connection may already speak for the page. */
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
    // An upgrade that was refused looks like any broken connection.
    if (await isTokenRefused()) refuse(startedAnew);
  });
  const link = new RPCLink<LinkContext>({ websocket: socket as unknown as WebSocket, plugins: [retrying] });
  return { link, close };
}
