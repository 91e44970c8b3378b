import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocketServer } from "ws";
import type {} from "./bridge.ts";
import { socketLink } from "./socketLink.ts";
import { type ConnectionStatus, setConnectionStatus, useConnectionStatus } from "./status.ts";

let server: WebSocketServer;
/** All statuses since the start of the test. */
let statuses: ConnectionStatus["kind"][];
let forget: () => void;

beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "namewright" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server isn't listening");
  vi.stubGlobal("window", { location: { href: `http://127.0.0.1:${address.port}/w/one` } });
  vi.stubGlobal("sessionStorage", { getItem: () => "the-token" });
  vi.stubGlobal("fetch", async () => new Response("yes"));
  statuses = [];
  setConnectionStatus({ kind: "connecting" });
  forget = useConnectionStatus.subscribe(({ status }) => void statuses.push(status.kind));
});
afterEach(() => {
  forget();
  server.close();
  vi.unstubAllGlobals();
});

const opened = (count: number) =>
  vi.waitFor(() => expect(statuses.filter((kind) => kind === "open")).toHaveLength(count));

it("reports no lost connection when the page closes one connection for another", async () => {
  const one = socketLink("one");
  await opened(1);
  const two = socketLink("two");
  one.close();
  await opened(2);
  two.close();
  expect(statuses).toEqual(["open", "open"]);
});

it("reports a lost connection when the host ends it", async () => {
  const link = socketLink("one");
  await opened(1);
  for (const socket of server.clients) socket.terminate();
  await vi.waitFor(() => expect(statuses).toContain("lost"));
  link.close();
});

it("stays refused when the workspace can't be opened", async () => {
  server.on("connection", (socket) => socket.close(4404, "not found"));
  const link = socketLink("gone");
  await vi.waitFor(() => expect(useConnectionStatus.getState().status.kind).toBe("refused"));
  link.close();
  expect(useConnectionStatus.getState().status).toEqual({ kind: "refused", reason: "not found" });
});
