import { expect, it } from "vitest";
import type { JournalEntry, RunEvent } from "../../../shared/schema/run.ts";
import { readSpent, spendingEvent, spentInAll } from "./rowJournal.ts";

const spending = (calls: number, cost: number) =>
  spendingEvent({ calls, cacheHits: 0, inputTokens: 0, outputTokens: 0, cost });
const status = (now: "queued" | "running" | "paused", reason?: string): RunEvent => ({
  kind: "status",
  status: now,
  ...(reason === undefined ? {} : { reason }),
});
const journal = (...events: RunEvent[]): JournalEntry[] =>
  events.map((event, index) => ({ seq: index + 1, at: "2026-11-26T00:00:00.000Z", event }));

it("adds up the last spending event of each attempt", () => {
  const entries = journal(
    status("queued"),
    status("running"),
    spending(3, 0.25),
    spending(5, 0.5),
    status("queued"),
    status("running"),
    spending(2, 0.25),
  );
  expect(readSpent(entries)).toMatchObject({ calls: 7, cost: 0.75 });
});

it("counts spending once for an attempt that waited for the accelerator or was paused", () => {
  const entries = journal(
    status("queued"),
    status("running"),
    spending(3, 0.25),
    status("queued", "waiting for the accelerator, in use by another"),
    status("running"),
    spending(5, 0.5),
    status("paused"),
    status("running"),
    spending(6, 0.75),
  );
  expect(readSpent(entries)).toMatchObject({ calls: 6, cost: 0.75 });
});

it("adds this attempt's spending to that of the earlier ones", () => {
  const earlier = journal(status("queued"), spending(3, 0.25), status("queued"), spending(2, 0.5));
  const latest = { calls: 4, cacheHits: 5, inputTokens: 30, outputTokens: 10, cost: 0.25 };
  expect(spentInAll(earlier, latest)).toEqual({ ...latest, calls: 9, cost: 1 });
  expect(spentInAll(earlier, { ...latest, cost: null })).toEqual({ ...latest, calls: 9, cost: null });
});
