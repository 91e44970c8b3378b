import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlaygroundEvent } from "../../shared/schema/suggest.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { sha256OfFile } from "../services/hashing/hashing.ts";
import { createLease } from "../services/lease/lease.ts";
import type { Services } from "../services/services.ts";
import { realServices } from "../services/testing/realServices.ts";
import { tinySample } from "../services/testing/tinySample.ts";
import { openWorkspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const files = createFileLayer();
const description = "Family bakery with sourdough bread";
let userData: string;
let services: Services;

beforeAll(async () => {
  userData = await mkdtemp(path.join(tmpdir(), "playground-"));
  services = realServices(files, userData, await openWorkspace(files, tinySample, true));
});
afterAll(async () => {
  try {
    await services.close();
  } finally {
    await rm(userData, { recursive: true });
  }
});

const client = () => createRouterClient(createRouter(services), { context: {} });

async function eventsOf(request: Parameters<ReturnType<typeof client>["playground"]["stream"]>[0]) {
  const events: PlaygroundEvent[] = [];
  for await (const event of await client().playground.stream(request)) events.push(event);
  return events;
}

const doneOf = (events: readonly PlaygroundEvent[]) =>
  events.flatMap((event) => (event.kind === "done" ? [event] : []));

test("base, v1 and v2 answer one description, each as the terminal's suggest, and the engine names its adapter", async () => {
  const events = await eventsOf({ description, versions: ["base", "v1", "v2"] });
  const done = doneOf(events);
  expect(done.map(({ version }) => version)).toEqual(["base", "v1", "v2"]);
  for (const { version, suggestion, text } of done) {
    const told = events.flatMap((event) =>
      event.kind === "text" && event.version === version ? [event.text] : [],
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(text);
    const { results } = await client().playground.suggest({ descriptions: [description], version });
    expect({ ...suggestion, latencyMs: 0 }).toEqual({ ...results[0], latencyMs: 0 });
  }
  const hashes = await Promise.all(
    ["v1", "v2"].map((version) =>
      sha256OfFile(path.join(tinySample, "models", `model_${version}`, "adapter.gguf")),
    ),
  );
  expect(done.map(({ adapter }) => adapter?.hash ?? null)).toEqual([null, ...hashes]);
});

test("a temperature samples with the seed", async () => {
  const names = async (seed: number) =>
    doneOf(await eventsOf({ description, versions: ["v1"], temperature: 1.5, seed })).map(({ text }) => text);
  expect(await names(7)).toEqual(await names(7));
  expect(await names(8)).not.toEqual(await names(7));
});

test("a token limit truncates the answer and reports it", async () => {
  const [done] = doneOf(await eventsOf({ description, versions: ["v1"], maxTokens: 3 }));
  expect(done).toMatchObject({ tokens: 3, stop: "length" });
});

test("a missing version fails without affecting the others", async () => {
  const events = await eventsOf({ description, versions: ["v7", "v1"] });
  const failed = events.find(({ kind }) => kind === "failed");
  expect(failed).toMatchObject({ version: "v7", failure: { code: "missing" } });
  expect(doneOf(events).map(({ version }) => version)).toEqual(["v1"]);
});

test("an unsupported description is refused with a hint", async () => {
  const long = "bread and cakes ".repeat(600);
  // Each version has its own prompt, so that another one may still take the description.
  expect((await eventsOf({ description: long, versions: ["base"] })).at(-1)).toMatchObject({
    kind: "failed",
    failure: { code: "bad-value", hint: expect.stringContaining("Shorten the description to about") },
  });
});

test("a disconnected reader stops the generation, and the next one is served", async () => {
  const stream = await client().playground.stream({ description, versions: ["base", "v1", "v2"] });
  for await (const event of stream) if (event.kind === "text") break;
  const events = await eventsOf({ description, versions: ["v1"] });
  expect(doneOf(events)).toHaveLength(1);
});

test("a reader waiting for the accelerator learns who holds it, and may leave", async () => {
  const lease = createLease(files, userData);
  const holding = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const body = () => {
    begun.resolve();
    return holding.promise;
  };
  const signal = new AbortController().signal;
  const held = lease.hold("run-7", body, { signal, onWait: () => {} });
  await begun.promise;
  const leave = new AbortController();
  const heard: PlaygroundEvent[] = [];
  const stream = await client().playground.stream(
    { description, versions: ["v1"] },
    { signal: leave.signal },
  );
  try {
    for await (const event of stream) {
      heard.push(event);
      leave.abort();
    }
  } catch {
    // A client that aborts may hear of it.
  }
  expect(heard).toEqual([{ kind: "waiting", holder: "run-7" }]);
  holding.resolve();
  await held;
});

test("versions report their adapters", async () => {
  const { versions } = await client().playground.versions();
  expect(versions.map(({ version, problem }) => [version, problem])).toEqual([
    ["base", null],
    ["prompted", null],
    ["prompted+grammar", null],
    ["v1", null],
    ["v2", null],
  ]);
  expect(versions[3]).toMatchObject({ gate: "passed", dataset: "dataset_v1.csv" });
});
