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

/** A message larger than this ends the connection: a pasted block of a spreadsheet is far below. */
const messageLimit = 16 * 1024 ** 2;
/** A stream waits while its reader has not taken so much. */
const bufferLimit = 1024 ** 2;
const mostSockets = 64;
/** Calls in progress, streams included. A page of ours has some twenty. */
const [mostCallsOfSocket, mostCalls] = [256, 1024];
const pingMs = 30_000;
/** WebSocket's close code for an application's own reason: the workspace cannot be opened. */
const closedForWorkspace = 4404;

async function drained(socket: WebSocket): Promise<void> {
  while (socket.readyState === socket.OPEN && socket.bufferedAmount > bufferLimit) await wait(50);
}

/** Turns an upgrade away and hangs up: ending alone would leave the connection open for as long as the other likes. */
export function refuseUpgrade(stream: Duplex, status: 400 | 401 | 403 | 404 | 503): void {
  stream.once("finish", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`);
}

/** The contract over WebSockets: each connection is bound to one workspace. */
export function createSockets(hub: WorkspaceHub, onDefect: OnDefect) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimit,
    // Each message gets a turn of its own: thousands that come at once hold up nobody else.
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
    // What is sent before the workspace is open waits here.
    socket.pause();
    try {
      const opened = await hub.open(workspace ?? hub.first);
      const calls = new CallLimit(mostCallsOfSocket, allCalls);
      await handlerOf(opened).upgrade(socket, {
        context: { drain: () => drained(socket), beginCall: () => calls.begin() },
      });
    } catch (error) {
      if (!(error instanceof Failure)) onDefect(error);
      const reason = error instanceof Failure ? error.message : "the workspace cannot be opened";
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
    /** An upgrade that was let in. */
    accept(request: IncomingMessage, stream: Duplex, head: Buffer, workspace: string | null): void {
      if (server.clients.size >= mostSockets) {
        refuseUpgrade(stream, 503);
        return;
      }
      server.handleUpgrade(request, stream, head, (socket) => {
        alive.add(socket);
        socket.on("pong", () => alive.add(socket));
        // Too large a message, a broken frame: ws closes the connection itself; here is nothing to be done.
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
