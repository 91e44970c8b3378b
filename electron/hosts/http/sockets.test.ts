import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { os, type RouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { WorkspaceHub } from "../serving/workspaceHub.ts";
import { createSockets } from "./sockets.ts";

let server: Server;
let sockets: ReturnType<typeof createSockets>;
let clients: WebSocket[];
/** Ends the calls of `wait` in progress. */
let release: () => void;
let released: Promise<void>;
let turn: number;
/** The turn of the event loop in which each call of `note` was handled. */
let turns: number[];

const router = {
  note: os.handler(() => {
    turns.push(turn);
  }),
  wait: os.handler(() => released),
  stream: os.handler(async function* ({ signal }) {
    yield 1;
    await new Promise((resolve) => signal?.addEventListener("abort", resolve));
  }),
};

beforeEach(async () => {
  clients = [];
  turns = [];
  released = new Promise((resolve) => {
    release = resolve;
  });
  const hub = { first: "first", open: async () => ({ router }) } as unknown as WorkspaceHub;
  sockets = createSockets(hub, () => {});
  server = createServer();
  server.on("upgrade", (request, stream, head) => sockets.accept(request, stream, head, null));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  release();
  for (const client of clients) client.terminate();
  sockets.close();
  server.close();
});

async function client(): Promise<RouterClient<typeof router>> {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, ["namewright"]);
  clients.push(socket);
  await once(socket, "open");
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}

const many = <One>(count: number, make: () => Promise<One>) => Array.from({ length: count }, make);
const refused = (settled: PromiseSettledResult<unknown>[]) =>
  settled.flatMap((one) => (one.status === "rejected" ? [(one.reason as { data: unknown }).data] : []));

it("refuses a connection's calls beyond 256 in progress with a failure until some end", async () => {
  const asking = await client();
  const calls = Promise.allSettled(many(300, () => asking.wait()));
  await expect(asking.wait()).rejects.toMatchObject({
    code: "FAILURE",
    data: {
      code: "service-refused",
      message: "too many requests at once: 256 are in progress",
      hint: "Try again when some of the requests have finished.",
    },
  });
  await (await client()).note();
  release();
  expect(refused(await calls).length).toBe(44);
  await asking.wait();
});

it("counts a stream until it is aborted", async () => {
  const asking = await client();
  const stop = new AbortController();
  const streams = await Promise.all(many(256, () => asking.stream(undefined, { signal: stop.signal })));
  await Promise.all(streams.map((stream) => stream.next()));
  await expect(asking.note()).rejects.toMatchObject({ code: "FAILURE" });
  stop.abort();
  await expect.poll(() => asking.note().then(() => "answered")).toBe("answered");
});

it("refuses calls beyond 1,024 across all connections, and frees those of a closed one", async () => {
  const connections = await Promise.all(many(5, client));
  const calls = connections.map((asking) => Promise.allSettled(many(256, () => asking.wait())));
  const [last] = connections.slice(-1);
  await expect(last?.note()).rejects.toMatchObject({
    data: { message: "too many requests at once: 1024 are in progress" },
  });
  release();
  expect(refused((await Promise.all(calls)).flat()).length).toBe(256);
  await last?.note();
});

it("serves other connections between the calls of a burst", async () => {
  turn = 0;
  let going = true;
  const count = () => {
    turn += 1;
    if (going) setImmediate(count);
  };
  count();
  const asking = await client();
  await Promise.allSettled(many(2000, () => asking.note()));
  going = false;
  const perTurn = new Map<number, number>();
  for (const at of turns) perTurn.set(at, (perTurn.get(at) ?? 0) + 1);
  expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(2);
});
