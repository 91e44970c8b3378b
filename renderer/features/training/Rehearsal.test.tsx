// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { RehearsalResult } from "../../../shared/schema/rehearsal.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { useRuns } from "../../api/index.ts";
import { draw, type Host } from "../../testing/screen.tsx";
import { messages } from "./messages.ts";
import { Rehearsal } from "./Rehearsal.tsx";

const { rehearsal: text } = messages;
const request = { version: "v1", preset: "mistral-7b", prompt: "suggest", overrides: {} } as const;
const result: RehearsalResult = {
  runId: "r",
  ...{ version: "v1", preset: "mistral-7b", status: "succeeded" },
  device: { device: "cpu", words: "CPU" },
  memory: { fits: true, needed: 18e9, available: 22e9, remedy: null },
  longestRow: 57,
  measured: [1, 2].map((layers) => ({ layers, stepSeconds: [layers + 1], limitSeconds: 60 })),
  pace: { kind: "measured", seconds: 33 },
  steps: { perEpoch: 3, most: 12, epochs: 4 },
  seconds: 396,
};
const run = (more: Partial<Run>) =>
  ({ id: "r", kind: "rehearsal", title: "rehearse v1", status: "running", progress: null, ...more }) as Run;
const draws = (host: Host, disabled = false) =>
  draw(<Rehearsal request={request} disabled={disabled} />, { host });
const button = (name: string) => screen.findByRole("button", { name });
const listed = (...runs: Run[]) => act(() => useRuns.setState({ runs }));

afterEach(() => useRuns.setState({ runs: null }));

describe("Rehearsal", () => {
  it("starts with the plan's request, then shows the stage and cancels", async () => {
    const asked: unknown[] = [];
    draws({
      "rehearsal.latest": () => null,
      "rehearsal.start": (input: unknown) => {
        asked.push(input);
        return run({});
      },
      "run.cancel": (input: unknown) => {
        asked.push(input);
        return run({});
      },
    });
    fireEvent.click(await button(text.start));
    await waitFor(() => expect(asked).toEqual([request]));
    listed(run({ stage: "time-steps" }));
    expect(screen.getByRole("status").textContent).toContain("measuring steps");
    fireEvent.click(await button(text.cancel));
    await waitFor(() => expect(asked).toEqual([request, { id: "r" }]));
  });

  it("shows the last answer in words", async () => {
    draws({ "rehearsal.latest": () => result });
    expect(await screen.findByText(/^A training of dataset v1 fits on this machine/)).toBeDefined();
    expect(screen.getByText(/^Its 12 steps take about 6 min 36 s/)).toBeDefined();
  });

  it("shows why the rehearsal that was started failed", async () => {
    draws({ "rehearsal.latest": () => null, "rehearsal.start": () => run({}) });
    fireEvent.click(await button(text.start));
    await waitFor(() => expect(screen.getByRole("button").getAttribute("data-loading")).toBeNull());
    const failure = { code: "missing", message: "the disk is full" } as const;
    listed(run({ status: "failed", failure }));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  });

  it("can't start without a valid dataset", async () => {
    draws({ "rehearsal.latest": () => null }, true);
    expect(((await button(text.start)) as HTMLButtonElement).disabled).toBe(true);
  });
});
