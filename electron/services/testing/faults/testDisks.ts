import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFileLayer } from "../../files/fileLayer.ts";
import { type Primitives, realPrimitives } from "../../files/primitives.ts";
import type { Scenario, TestDisk } from "./harness.ts";
import { MemoryDisk } from "./memoryDisk.ts";

/** Creates a workspace on a disk in memory, which can emulate a power cut. */
export async function memoryTestDisk(scenario: Scenario): Promise<TestDisk> {
  const template = new MemoryDisk();
  const folder = "/study";
  await scenario.setUp(createFileLayer(template.primitives), folder);
  let current = template.clone();
  return {
    folder,
    fresh: async () => {
      current = template.clone();
      return current.primitives;
    },
    cutPower: (random) => current.cutPower(random),
  };
}

/**
 * Creates a workspace on the real disk. Nothing is synced: what a process wrote before it died remains anyway, and the
 * tests don't have to wait for the device.
 */
export async function realTestDisk(scenario: Scenario): Promise<TestDisk & { remove(): Promise<void> }> {
  const parent = await mkdtemp(path.join(tmpdir(), "namewright faults "));
  const [folder, template] = [path.join(parent, "study"), path.join(parent, "template")];
  const unsynced = withoutSync(realPrimitives);
  await scenario.setUp(createFileLayer(unsynced), template);
  return {
    folder,
    fresh: async () => {
      await rm(folder, { recursive: true, force: true });
      await cp(template, folder, { recursive: true });
      return unsynced;
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

function withoutSync(disk: Primitives): Primitives {
  const unsynced = async (opening: ReturnType<Primitives["create"]>) => {
    const file = await opening;
    return { write: file.write, close: file.close, sync: async () => {} };
  };
  return {
    ...disk,
    create: (file, mode) => unsynced(disk.create(file, mode)),
    openToAppend: (file) => unsynced(disk.openToAppend(file)),
    syncFile: async () => {},
    syncFolder: async () => {},
  };
}
