import { afterAll, describe, expect, it } from "vitest";
import { type Ending, injectEverywhere } from "./harness.ts";
import { saves } from "./scenarios.ts";
import { memoryStage, realStage } from "./stages.ts";

const endings: readonly Ending[] = [
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
    const injected = await injectEverywhere(scenario, await memoryStage(scenario), endings);
    faults += injected.faults;
    expect(injected.faults).toBe(injected.operations * endings.length + 2);
  });

  it("survives a crash of its process on the real disk", async () => {
    const stage = await realStage(scenario);
    try {
      const injected = await injectEverywhere(scenario, stage, [{ kind: "death" }]);
      faults += injected.faults;
      expect(injected.faults).toBe(injected.operations + 1);
    } finally {
      await stage.remove();
    }
  });
});
