import type { ClientLink } from "@orpc/client";
import { onMessagePortClose, RPCLink } from "@orpc/client/message-port";
import { desktopChannels, PortAnswerSchema } from "../../shared/schema/desktop.ts";
import { type LinkContext, retryPlugin } from "./linkOptions.ts";
import { setConnectionStatus } from "./status.ts";

/** How often a missing port is requested again, in milliseconds. */
const retryMs = 2000;

/**
 * Connects to the contract over a MessagePort. A closed port rejects its calls; later calls wait for the next port
 * from the main process.
 */
export function portLink(workspaceId: string | null) {
  let resolve: (link: RPCLink<LinkContext>) => void = () => {};
  let current = new Promise<RPCLink<LinkContext>>((done) => {
    resolve = done;
  });
  let closed = false;
  const ask = () => window.namewright?.requestPort(workspaceId);
  let waiting = setInterval(ask, retryMs);

  function lost(port: MessagePort): void {
    if (closed || port !== used) return;
    used = null;
    setConnectionStatus({ kind: "lost" });
    current = new Promise((done) => {
      resolve = done;
    });
    ask();
    waiting = setInterval(ask, retryMs);
  }
  let used: MessagePort | null = null;
  function receive(event: MessageEvent): void {
    // Only our preload posts into this window; a foreign frame has another source.
    if (event.source !== window || event.data?.type !== desktopChannels.port) return;
    const answer = PortAnswerSchema.parse(event.data);
    const [port] = event.ports;
    if (answer.failure !== undefined) {
      clearInterval(waiting);
      setConnectionStatus({ kind: "refused", reason: answer.failure.message });
    }
    // A duplicate, or a port for a workspace that is no longer on screen.
    if (port === undefined || used !== null || (workspaceId !== null && answer.workspaceId !== workspaceId)) {
      port?.close();
      return;
    }
    clearInterval(waiting);
    used = port;
    onMessagePortClose(port, () => lost(port));
    resolve(new RPCLink<LinkContext>({ port, plugins: [retryPlugin] }));
    port.start();
    setConnectionStatus({ kind: "open" });
  }
  window.addEventListener("message", receive);
  ask();
  const link: ClientLink<LinkContext> = {
    call: async (path, input, options) => (await current).call(path, input, options),
  };
  return {
    link,
    close() {
      closed = true;
      clearInterval(waiting);
      window.removeEventListener("message", receive);
      used?.close();
    },
  };
}
