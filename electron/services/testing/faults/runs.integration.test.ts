import { afterAll, describe, expect, it } from "vitest";
import { type CrashMode, injectFaults } from "./harness.ts";
import { runScenarios } from "./runScenarios.ts";
import { memoryTestDisk } from "./testDisks.ts";

const crashModes: readonly CrashMode[] = [
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
  it("resumes after any fault and ends like an undisturbed run", async () => {
    const injected = await injectFaults(scenario, await memoryTestDisk(scenario), crashModes);
    faults += injected.faults;
    expect(injected.operations).toBeGreaterThan(50);
  });
});
