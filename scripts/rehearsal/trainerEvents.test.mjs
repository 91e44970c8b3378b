import { expect, it } from "vitest";
import { fastestStep } from "./trainerEvents.mjs";

const event = (kind, elapsedSeconds) => ({ at: "", event: { kind, elapsedSeconds } });

it("measures the fastest step after the first one of each trainer, without evaluations and checkpoints", () => {
  const events = [
    event("begin", 10),
    event("step", 12),
    event("evaluation", 20),
    event("checkpoint", 21),
    event("step", 31),
    event("step", 40),
    event("begin", 5),
    event("step", 6),
  ];
  expect(fastestStep(events)).toBe(9);
});

it("measures nothing where a trainer took only one step", () => {
  expect(fastestStep([event("begin", 1), event("step", 3)])).toBeNull();
});
