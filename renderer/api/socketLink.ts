import { RPCLink } from "@orpc/client/websocket";
import { WebSocket as ReconnectingWebSocket } from "partysocket";
import { type LinkContext, retrying } from "./linkOptions.ts";
import { setConnectionStatus } from "./status.ts";
import { launchToken } from "./token.ts";

/** The host's own close code: the workspace cannot be opened. */
const workspaceClosed = 4404;
/** An upgrade that was refused looks like any broken connection; after so many it is said. */
const refusedAfter = 3;

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
  let failures = 0;
  socket.addEventListener("open", () => {
    wasOpen = true;
    failures = 0;
    setConnectionStatus({ kind: "open" });
  });
  socket.addEventListener("close", ({ code, reason }) => {
    failures += 1;
    if (code === workspaceClosed) {
      setConnectionStatus({ kind: "refused", reason });
      socket.close();
    } else if (!wasOpen && failures >= refusedAfter) {
      const reason =
        "Open the address that the host printed when it started: this tab's token is not its own.";
      setConnectionStatus({ kind: "refused", reason });
    } else setConnectionStatus({ kind: wasOpen ? "lost" : "connecting" });
  });
  const link = new RPCLink<LinkContext>({ websocket: socket as unknown as WebSocket, plugins: [retrying] });
  return { link, close: () => socket.close() };
}
