import { expect, it, vi } from "vitest";
import { linkedController, onAbort, unlessAborted } from "./abort.ts";

it("onAbort acts once, at once for an aborted signal, and not after its removal", () => {
  const controller = new AbortController();
  const act = vi.fn();
  const removed = vi.fn();
  onAbort(controller.signal, act);
  onAbort(controller.signal, removed)();
  onAbort(undefined, act)();
  expect(act).not.toHaveBeenCalled();
  controller.abort();
  expect(act).toHaveBeenCalledOnce();
  onAbort(controller.signal, act);
  expect(act).toHaveBeenCalledTimes(2);
  expect(removed).not.toHaveBeenCalled();
});

it("unlessAborted settles as its work does, or rejects with the reason first", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(unlessAborted(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
  const work = Promise.withResolvers<void>();
  const waiting = unlessAborted(work.promise, signal);
  controller.abort(new Error("cancelled"));
  await expect(waiting).rejects.toThrow("cancelled");
  work.reject(new Error("ignored"));
  await expect(unlessAborted(new Promise(() => {}), signal)).rejects.toThrow("cancelled");
});

it("linkedController follows its parent until it is released", () => {
  const parent = new AbortController();
  const [linked, released] = [linkedController(parent.signal), linkedController(parent.signal)];
  released.release();
  parent.abort("reason");
  expect(linked.controller.signal.reason).toBe("reason");
  expect(released.controller.signal.aborted).toBe(false);
  expect(linkedController(parent.signal).controller.signal.aborted).toBe(true);
});
