import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { currentEnvironment, userDataFolder } from "../../electron/services/environment/folders.mjs";
import { runProgram } from "./product.mjs";
import { rehearse } from "./rehearse.mjs";
import { isSuccess, stageTable } from "./report.mjs";

/** Memory that the stages take at two layers, with room for the tests beside them. */
const memoryBytes = 7e9;
const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "namewright-rehearsed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Our Python environment; null before set-up. */
function python() {
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  return currentEnvironment(userData, path.join(root, "resources", "requirements.txt"))?.python ?? null;
}

function setting(signal, log = () => {}) {
  return {
    node: process.execPath,
    python: python(),
    shape: "2-layers",
    folder,
    device: "cpu",
    precisions: ["q8_0"],
    // All CPUs multiply it quickly.
    train: ["float32"],
    isShort: true,
    signal,
    log,
    onStage: () => {},
  };
}

/** Returns why a rehearsal can't run here, or null. */
async function missing() {
  if (python() === null) return "the Python environment isn't built";
  if (totalmem() < memoryBytes) return `less than ${memoryBytes / 1e9} GB of memory`;
  const options = { env: process.env, signal: new AbortController().signal, log: () => {} };
  const { code } = await runProgram(python(), ["-c", "import mistral_common"], options);
  return code === 0 ? null : "mistral-common isn't installed (it needs Python 3.11)";
}

it("runs the product at Mistral 7B's true width, from the check to the parity gate", async (context) => {
  const reason = await missing();
  if (reason !== null) context.skip(reason);
  const stages = await rehearse(setting(new AbortController().signal));
  expect(stages.map(({ name }) => name)).toEqual([
    "write the base (2-layers)",
    "base check",
    "convert to q8_0",
    "load q8_0, one row",
    "train float32",
    "gate (float32)",
  ]);
  expect(isSuccess(stages), stageTable(stages)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
}, 900_000);

it("ends its processes and removes its folder when it is stopped", async (context) => {
  const reason = await missing();
  if (reason !== null) context.skip(reason);
  const ending = new AbortController();
  const rehearsal = rehearse(setting(ending.signal));
  setTimeout(() => ending.abort(130), 3000);
  await expect(rehearsal).rejects.toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});
