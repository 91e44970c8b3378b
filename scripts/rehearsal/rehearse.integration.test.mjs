import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { availableMemory } from "../../electron/services/accelerator/hostMemory.ts";
import { currentEnvironment, userDataFolder } from "../../electron/services/environment/folders.mjs";
import { chosenDevice, precisionsOf, probeDevice } from "./device.mjs";
import { neededBytes } from "./options.mjs";
import { rehearse } from "./rehearse.mjs";
import { isSuccess, stageTable } from "./report.mjs";

/** A float32 training of two layers, and what else a test run holds. */
const neededMemory = 7e9;
const requirements = path.resolve(import.meta.dirname, "../../resources/requirements.txt");
const precisions = ["q8_0"];

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "namewright-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function installedPython() {
  const machine = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  return currentEnvironment(machine, requirements).python;
}

it("runs the whole product on two layers of Mistral 7B and keeps its memory promises", async ({ skip }) => {
  const memory = await availableMemory();
  skip(memory < neededMemory, "less than 7 GB of memory is free");
  const { bavail, bsize } = statfsSync(folder);
  skip(bavail * bsize < neededBytes("2-layers", precisions), "the disk has too little space");
  const shared = { python: installedPython(), signal: new AbortController().signal, log: () => {} };
  const probed = await probeDevice({ ...shared, env: process.env });
  const device = chosenDevice("auto", probed);
  const [best] = precisionsOf(device, probed);
  const setting = {
    ...shared,
    node: process.execPath,
    shape: "2-layers",
    folder,
    device,
    precisions,
    train: [best],
  };
  const stages = await rehearse({ ...setting, onStage: () => {} });
  expect(isSuccess(stages), stageTable(stages)).toBe(true);
  expect(stages.map(({ name }) => name)).toEqual([
    "write the base (2-layers)",
    "base check",
    "convert to q8_0",
    "load q8_0, one row",
    `train ${best} until a checkpoint, kill`,
    `resume ${best} to the end`,
    `one step (${best})`,
    `gate (${best})`,
    "eval v1, 8 rows",
    "merged export",
  ]);
  expect(readdirSync(folder)).toEqual([]);
}, 900_000);
