import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocketServer } from "ws";
import type {} from "./bridge.ts";
import { socketLink } from "./socketLink.ts";
import { type ConnectionStatus, setConnectionStatus, useConnectionStatus } from "./status.ts";

let server: WebSocketServer;
/** Every status since the page was opened. */
let told: ConnectionStatus["kind"][];
let forget: () => void;

beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "namewright" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the host does not listen");
  vi.stubGlobal("window", { location: { href: `http://127.0.0.1:${address.port}/w/one` } });
  vi.stubGlobal("sessionStorage", { getItem: () => "the-token" });
  vi.stubGlobal("fetch", async () => new Response("yes"));
  told = [];
  setConnectionStatus({ kind: "connecting" });
  forget = useConnectionStatus.subscribe(({ status }) => void told.push(status.kind));
});
afterEach(() => {
  forget();
  server.close();
  vi.unstubAllGlobals();
});

const opened = (count: number) =>
  vi.waitFor(() => expect(told.filter((kind) => kind === "open")).toHaveLength(count));

it("a connection that the page gives up for another one is no host that does not answer", async () => {
  const one = socketLink("one");
  await opened(1);
  const two = socketLink("two");
  one.close();
  await opened(2);
  two.close();
  expect(told).toEqual(["open", "open"]);
});

it("a host that goes away is told as lost", async () => {
  const link = socketLink("one");
  await opened(1);
  for (const socket of server.clients) socket.terminate();
  await vi.waitFor(() => expect(told).toContain("lost"));
  link.close();
});

it("a workspace that cannot be opened is refused, and stays so", async () => {
  server.on("connection", (socket) => socket.close(4404, "it is not there"));
  const link = socketLink("gone");
  await vi.waitFor(() => expect(useConnectionStatus.getState().status.kind).toBe("refused"));
  link.close();
  expect(useConnectionStatus.getState().status).toEqual({ kind: "refused", reason: "it is not there" });
});
