import { afterAll, describe, expect, it } from "vitest";
import { type Ending, injectEverywhere } from "./harness.ts";
import { runScenarios } from "./runScenarios.ts";
import { memoryStage } from "./stages.ts";

const endings: readonly Ending[] = [
  { kind: "once", code: "EIO" },
  { kind: "disk-full" },
  { kind: "power-cut" },
];

let faults = 0;
afterAll(() => {
  process.stdout.write(
    `${faults.toLocaleString("en")} faults injected in ${runScenarios.length} kinds of runs\n`,
  );
});

describe.each(runScenarios)("$name", (scenario) => {
  it("resumes after any fault and ends like an undisturbed run", { timeout: 60_000 }, async () => {
    const injected = await injectEverywhere(scenario, await memoryStage(scenario), endings);
    faults += injected.faults;
    expect(injected.operations).toBeGreaterThan(50);
  });
});
