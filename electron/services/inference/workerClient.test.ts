import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeWorker } from "../testing/fakeWorker.ts";
import { WorkerClient, WorkerGone } from "./workerClient.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("events go to their own request, and the last one resolves it", async () => {
  const worker = fakeWorker((request, { send }) => {
    if (request.kind !== "tokenize") return;
    send({ kind: "started", id: request.id, key: request.texts.join() });
    send({ kind: "tokenized", id: request.id, ids: [[request.id]] });
  });
  const client = new WorkerClient(worker.port);
  const received: string[] = [];
  const ask = (text: string) =>
    client.ask(
      { kind: "tokenize", texts: [text], asPrompt: false },
      { silenceMs: 1000, onEvent: (event) => received.push(`${text}:${event.kind}`) },
    );
  const answers = await Promise.all([ask("a"), ask("b")]);
  expect(answers).toEqual([
    { kind: "tokenized", id: 1, ids: [[1]] },
    { kind: "tokenized", id: 2, ids: [[2]] },
  ]);
  expect(received).toEqual(["a:started", "a:tokenized", "b:started", "b:tokenized"]);
});

test("silence kills the process; each event resets the timer", async () => {
  const worker = fakeWorker(() => undefined);
  const client = new WorkerClient(worker.port);
  const answer = client.ask({ kind: "unload" }, { silenceMs: 1000 });
  const outcome = expect(answer).rejects.toThrow("didn't respond for 1 s");
  await vi.advanceTimersByTimeAsync(900);
  worker.send({ kind: "progress", id: 1, tokens: 5 });
  await vi.advanceTimersByTimeAsync(900);
  expect(worker.killed()).toBe(false);
  await vi.advanceTimersByTimeAsync(101);
  await outcome;
  expect(worker.killed()).toBe(true);
  expect(client.gone).toBe(true);
});

test("a cancel is sent to the process, which is killed if it ignores it", async () => {
  const worker = fakeWorker(() => undefined);
  const client = new WorkerClient(worker.port);
  const abort = new AbortController();
  const answer = client.ask({ kind: "unload" }, { silenceMs: 60_000, signal: abort.signal });
  const outcome = expect(answer).rejects.toBeInstanceOf(WorkerGone);
  abort.abort();
  expect(worker.requests.at(-1)).toEqual({ kind: "cancel", id: 1 });
  worker.send({ kind: "progress", id: 1, tokens: 1 });
  await vi.advanceTimersByTimeAsync(5001);
  await outcome;
  expect(worker.killed()).toBe(true);
});

test("an invalid message ends the process", async () => {
  const worker = fakeWorker((_, { sendRaw }) => sendRaw({ kind: "row", id: 1, row: "?" }));
  const client = new WorkerClient(worker.port);
  await expect(client.ask({ kind: "unload" }, { silenceMs: 1000 })).rejects.toThrow("invalid message");
  expect(worker.killed()).toBe(true);
});

test("a death rejects pending and later requests", async () => {
  const worker = fakeWorker((_, { die }) => die());
  const client = new WorkerClient(worker.port);
  await expect(client.ask({ kind: "unload" }, { silenceMs: 1000 })).rejects.toThrow("ended (SIGSEGV)");
  await expect(client.ask({ kind: "unload" }, { silenceMs: 1000 })).rejects.toBeInstanceOf(WorkerGone);
});
