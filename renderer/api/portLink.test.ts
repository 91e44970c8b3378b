// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type {} from "./bridge.ts";
import { portLink } from "./portLink.ts";
import { type ConnectionStatus, setConnectionStatus, useConnectionStatus } from "./status.ts";

/** The workspaces requested from main, in order. */
let asked: (string | null)[];
let statuses: ConnectionStatus[];
let forget: () => void;
const open: { close(): void }[] = [];

/** A port from main that records whether it was closed. */
class StandInPort extends EventTarget {
  closed = false;
  onmessage: unknown = null;
  readonly sent: unknown[] = [];
  start(): void {}
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  close(): void {
    this.closed = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  statuses = [];
  Object.defineProperty(window, "namewright", {
    configurable: true,
    value: {
      requestPort: (workspaceId: string | null) => void asked.push(workspaceId),
      pathForFile: () => "",
    },
  });
  setConnectionStatus({ kind: "connecting" });
  forget = useConnectionStatus.subscribe(({ status }) => void statuses.push(status));
});
afterEach(() => {
  for (const { close } of open.splice(0)) close();
  forget();
  Reflect.deleteProperty(window, "namewright");
  vi.useRealTimers();
});

function linkTo(workspaceId: string | null) {
  const link = portLink(workspaceId);
  open.push(link);
  return link;
}

/** Posts a message into the page, as the preload does. */
function post(answer: object, ports: readonly StandInPort[] = [], source: unknown = window): void {
  const event = new Event("message");
  Object.assign(event, { data: { type: "namewright:port", ...answer }, ports, source });
  window.dispatchEvent(event);
}

it("asks main for the workspace's port at once, and again until there is one", () => {
  linkTo("one");
  expect(asked).toEqual(["one"]);
  vi.advanceTimersByTime(4000);
  expect(asked).toEqual(["one", "one", "one"]);
  post({ workspaceId: "one" }, [new StandInPort()]);
  expect(statuses).toEqual([{ kind: "open" }]);
  vi.advanceTimersByTime(60_000);
  expect(asked).toHaveLength(3);
});

it("closes the port of another workspace, and one that comes twice", () => {
  linkTo("one");
  const [foreign, first, second] = [new StandInPort(), new StandInPort(), new StandInPort()];
  post({ workspaceId: "two" }, [foreign]);
  expect(foreign.closed).toBe(true);
  expect(statuses).toEqual([]);
  post({ workspaceId: "one" }, [first]);
  post({ workspaceId: "one" }, [second]);
  expect([first.closed, second.closed]).toEqual([false, true]);
});

it("takes the port of any workspace where none was named", () => {
  linkTo(null);
  const port = new StandInPort();
  post({ workspaceId: "first" }, [port]);
  expect(port.closed).toBe(false);
  expect(statuses).toEqual([{ kind: "open" }]);
});

it("ignores what a frame posts that is not this window", () => {
  linkTo("one");
  const port = new StandInPort();
  post({ workspaceId: "one" }, [port], {});
  expect(statuses).toEqual([]);
});

it("says that the connection is lost when its port closes, and asks for another one", () => {
  linkTo("one");
  const port = new StandInPort();
  post({ workspaceId: "one" }, [port]);
  port.dispatchEvent(new Event("close"));
  expect(statuses.map(({ kind }) => kind)).toEqual(["open", "lost"]);
  expect(asked).toEqual(["one", "one"]);
  post({ workspaceId: "one" }, [new StandInPort()]);
  expect(statuses.map(({ kind }) => kind)).toEqual(["open", "lost", "open"]);
});

it("stops asking where main refuses the workspace, and tells why", () => {
  linkTo("gone");
  post({ workspaceId: "gone", failure: { code: "missing", message: "it is not there" } });
  expect(statuses).toEqual([{ kind: "refused", reason: "it is not there" }]);
  vi.advanceTimersByTime(60_000);
  expect(asked).toHaveLength(1);
});

it("sends a call that was made too early once there is a port", async () => {
  const { link } = linkTo("one");
  const port = new StandInPort();
  void link.call(["host", "info"], undefined, { context: {} }).catch(() => {});
  await vi.advanceTimersByTimeAsync(0);
  post({ workspaceId: "one" }, [port]);
  await vi.advanceTimersByTimeAsync(0);
  expect(port.sent).not.toEqual([]);
});

it("lets its port go when it is closed, and tells nothing of it", () => {
  const { close } = linkTo("one");
  const port = new StandInPort();
  post({ workspaceId: "one" }, [port]);
  close();
  port.dispatchEvent(new Event("close"));
  expect(port.closed).toBe(true);
  expect(statuses.map(({ kind }) => kind)).toEqual(["open"]);
  expect(asked).toEqual(["one"]);
});
