import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps at most `most` connections open. A new connection beyond the limit replaces the one that has been idle longest:
 * without a complete request head, or between two requests. If all others are in use, the new one is closed.
 */
export function boundConnections(server: Server, most: number): void {
  /** Oldest first. */
  const idle = new Set<Socket>();
  let open = 0;
  server.on("connection", (socket: Socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
      idle.delete(socket);
    });
    if (open > most) {
      const [oldest = socket] = idle;
      idle.delete(oldest);
      oldest.destroy();
    }
    if (!socket.destroyed) idle.add(socket);
  });
  server.on("request", ({ socket }, response) => {
    idle.delete(socket);
    response.once("close", () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
  server.on("upgrade", ({ socket }) => idle.delete(socket));
}
