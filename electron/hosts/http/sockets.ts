import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { RPCHandler } from "@orpc/server/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { Failure } from "../../../shared/domain/failure.ts";
import type { RouterContext } from "../../router/context.ts";
import { CallLimit } from "../serving/callLimit.ts";
import { type OnDefect, servedOptions } from "../serving/wireErrors.ts";
import type { OpenWorkspace, WorkspaceHub } from "../serving/workspaceHub.ts";
import { protocolName } from "./admission.ts";

/** A larger message ends the connection, in bytes. A pasted spreadsheet block is far smaller. */
const messageLimit = 16 * 1024 ** 2;
/** A stream waits while more than this is unsent, in bytes. */
const bufferLimit = 1024 ** 2;
const mostSockets = 64;
/** Maximum calls in progress, including streams. One of our pages has about twenty. */
const [mostCallsOfSocket, mostCalls] = [256, 1024];
const pingMs = 30_000;
/** WebSocket's close code for an application's own reason: the workspace cannot be opened. */
const closedForWorkspace = 4404;

async function drained(socket: WebSocket): Promise<void> {
  while (socket.readyState === socket.OPEN && socket.bufferedAmount > bufferLimit) await wait(50);
}

/** Refuses an upgrade and closes the connection. Ending the stream alone would let the other side keep it open. */
export function refuseUpgrade(stream: Duplex, status: 400 | 401 | 403 | 404 | 503): void {
  stream.once("finish", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`);
}

/** The contract over WebSockets: each connection is bound to one workspace. */
export function createSockets(hub: WorkspaceHub, onDefect: OnDefect) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimit,
    // Each message is handled in its own event loop turn, so that a burst doesn't block other clients.
    allowSynchronousEvents: false,
    handleProtocols: (protocols) => (protocols.has(protocolName) ? protocolName : false),
  });
  const handlers = new WeakMap<OpenWorkspace, RPCHandler<RouterContext>>();
  const allCalls = new CallLimit(mostCalls);

  function handlerOf(opened: OpenWorkspace) {
    let handler = handlers.get(opened);
    if (handler === undefined) {
      handler = new RPCHandler(opened.router, servedOptions(onDefect));
      handlers.set(opened, handler);
    }
    return handler;
  }

  async function serve(socket: WebSocket, workspace: string | null): Promise<void> {
    // Messages wait until the workspace is open.
    socket.pause();
    try {
      const opened = await hub.open(workspace ?? hub.first);
      const calls = new CallLimit(mostCallsOfSocket, allCalls);
      await handlerOf(opened).upgrade(socket, {
        context: { drain: () => drained(socket), beginCall: () => calls.begin() },
      });
    } catch (error) {
      if (!(error instanceof Failure)) onDefect(error);
      const reason = error instanceof Failure ? error.message : "couldn't open the workspace";
      socket.close(closedForWorkspace, Buffer.from(reason).subarray(0, 120).toString());
    } finally {
      socket.resume();
    }
  }

  const alive = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      socket.ping();
    }
  }, pingMs);
  pings.unref();

  return {
    /** Accepts an upgrade that passed the admission checks. */
    accept(request: IncomingMessage, stream: Duplex, head: Buffer, workspace: string | null): void {
      if (server.clients.size >= mostSockets) {
        refuseUpgrade(stream, 503);
        return;
      }
      server.handleUpgrade(request, stream, head, (socket) => {
        alive.add(socket);
        socket.on("pong", () => alive.add(socket));
        // For an oversized message or a broken frame, ws closes the connection itself.
        socket.on("error", () => {});
        void serve(socket, workspace);
      });
    },
    close(): void {
      clearInterval(pings);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
