// What the trainers of a run reported, from its journal.
import { readFileSync } from "node:fs";
import path from "node:path";

/** Returns the events of a run's trainers in their order, and when they came. */
export function readTrainerEvents(runFolder) {
  return readFileSync(path.join(runFolder, "events.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event.kind === "trainer")
    .map(({ at, event }) => ({ at, event: event.event }));
}

/** Returns the first event about the training that ended last, and when it came. */
export const lastBegin = (events) => events.findLast(({ event }) => event.kind === "begin");

/**
 * Returns the seconds of the fastest step that isn't the first of its trainer, which includes one-time work; null if there
 * is none. Evaluations and checkpoints between steps don't count. Of a few steps on a machine with other work, the fastest
 * is the least disturbed.
 */
export function fastestStep(events) {
  let fastest = null;
  let isFirst = true;
  for (const [at, { event }] of events.entries()) {
    if (event.kind === "begin") isFirst = true;
    if (event.kind !== "step") continue;
    const seconds = event.elapsedSeconds - events[at - 1].event.elapsedSeconds;
    if (!isFirst && (fastest === null || seconds < fastest)) fastest = seconds;
    isFirst = false;
  }
  return fastest;
}
