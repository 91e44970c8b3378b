import { once } from "node:events";
import { createServer, get, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { boundConnections } from "./connections.ts";

const most = 4;
let server: Server;
let port: number;
let sockets: Socket[];
/** Answers that wait for the test. */
let pending: ServerResponse[];

beforeEach(async () => {
  sockets = [];
  pending = [];
  server = createServer((request, response) => {
    if (request.url === "/slow") pending.push(response);
    else response.end("ok");
  });
  server.on("upgrade", (_request, socket) => {
    socket.on("error", () => {}).on("end", () => socket.destroy());
    socket.resume();
    socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n");
  });
  boundConnections(server, most);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  server.closeAllConnections();
});

/** A connection that the server has accepted and that has sent `text`. */
async function opened(text = ""): Promise<Socket> {
  const accepted = once(server, "connection");
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  sockets.push(socket);
  await accepted;
  if (text !== "") socket.write(text);
  return socket;
}

const head = (target: string, more = "") => `GET ${target} HTTP/1.1\r\nhost: a\r\n${more}\r\n`;

async function slow(): Promise<Socket> {
  const asked = once(server, "request");
  const socket = await opened(head("/slow"));
  await asked;
  return socket;
}

async function upgraded(): Promise<Socket> {
  const socket = await opened(head("/", "connection: upgrade\r\nupgrade: test\r\n"));
  await once(socket, "data");
  return socket;
}

function asked(): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on("error", reject);
  });
}

it("closes the connection that has been idle longest to answer a new request", async () => {
  const [first, second] = [await opened(), await opened("GET / HTTP/1.1\r\nhos")];
  const others = [await opened(), await opened()];
  const closed = once(first, "close");
  expect(await asked()).toBe(200);
  await closed;
  expect([second, ...others].map(({ closed }) => closed)).toEqual([false, false, false]);
});

it("counts a connection that waits for its next request as idle since its last response", async () => {
  const used = await opened();
  const older = await opened();
  await opened();
  used.write(head("/"));
  await once(used, "data");
  await opened();
  const closed = once(older, "close");
  expect(await asked()).toBe(200);
  await closed;
  expect(used.closed).toBe(false);
});

it("keeps upgraded connections and those with a request in progress", async () => {
  const busy = [await slow(), await upgraded(), await slow()];
  const idle = await opened();
  const closed = once(idle, "close");
  expect(await asked()).toBe(200);
  await closed;
  for (const response of pending) response.end("late");
  await once(busy[0] as Socket, "data");
  expect(busy.map(({ closed }) => closed)).toEqual([false, false, false]);
});

it("refuses a new connection only while all others are in use", async () => {
  const busy = [await slow(), await slow(), await upgraded(), await upgraded()];
  await expect(asked()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(busy.map(({ closed }) => closed)).toEqual([false, false, false, false]);
  busy[3]?.destroy();
  await once(busy[3] as Socket, "close");
  await expect.poll(() => asked().catch(() => 0)).toBe(200);
});
