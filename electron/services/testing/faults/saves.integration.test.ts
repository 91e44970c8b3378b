import { afterAll, describe, expect, it } from "vitest";
import { type CrashMode, injectFaults } from "./harness.ts";
import { saves } from "./scenarios.ts";
import { memoryTestDisk, realTestDisk } from "./testDisks.ts";

const crashModes: readonly CrashMode[] = [
  { kind: "once", code: "ENOSPC" },
  { kind: "once", code: "EIO" },
  { kind: "once", code: "EACCES" },
  { kind: "once", code: "EMFILE" },
  { kind: "disk-full" },
  { kind: "death" },
  { kind: "power-cut" },
];

let faults = 0;
afterAll(() => {
  process.stdout.write(`${faults.toLocaleString("en")} faults injected in ${saves.length} kinds of saving\n`);
});

describe.each(saves)("$name", (scenario) => {
  it("leaves the old or the new state, whichever operation fails", async () => {
    const injected = await injectFaults(scenario, await memoryTestDisk(scenario), crashModes);
    faults += injected.faults;
    expect(injected.faults).toBe(injected.operations * crashModes.length + 2);
  });

  it("survives a crash of its process on the real disk", async () => {
    const disk = await realTestDisk(scenario);
    try {
      const injected = await injectFaults(scenario, disk, [{ kind: "death" }]);
      faults += injected.faults;
      expect(injected.faults).toBe(injected.operations + 1);
    } finally {
      await disk.remove();
    }
  });
});
