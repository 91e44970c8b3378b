import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createIdleGate } from "./idleGate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The part of a server that is listened to. */
function listened() {
  const server = new EventEmitter();
  let times = 0;
  const whenIdle = createIdleGate(server as unknown as Server);
  return {
    open() {
      const response = new EventEmitter();
      server.emit("request", {}, response);
      return () => void response.emit("close");
    },
    ask: () =>
      void whenIdle().then(() => {
        times += 1;
      }),
    answered: () => times,
  };
}

it("resolves immediately if no request is open", async () => {
  const { ask, answered } = listened();
  ask();
  await vi.advanceTimersByTimeAsync(0);
  expect(answered()).toBe(1);
});

it("waits while a request is open, and for a moment after the last one", async () => {
  const { open, ask, answered } = listened();
  const [closeFirst, closeLast] = [open(), open()];
  ask();
  closeFirst();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(answered()).toBe(0);
  closeLast();
  await vi.advanceTimersByTimeAsync(14);
  expect(answered()).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(answered()).toBe(1);
});

it("waits again if the next request arrives within that moment", async () => {
  const { open, ask, answered } = listened();
  const close = open();
  ask();
  close();
  await vi.advanceTimersByTimeAsync(10);
  const closeNext = open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(answered()).toBe(0);
  closeNext();
  await vi.advanceTimersByTimeAsync(15);
  expect(answered()).toBe(1);
});
