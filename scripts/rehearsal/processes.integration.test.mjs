import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { watchProcesses } from "./processes.mjs";

/** A Node process that holds 200 MB, started by another one. */
const parent = `
  const { spawn } = require("node:child_process");
  const code = "const held = Buffer.alloc(2e8, 1); process.stdout.write('ready'); setInterval(() => held, 1e6)";
  spawn(process.execPath, ["-e", code], { stdio: "inherit" });
  setInterval(() => {}, 1e6);
`;

it("finds the memory of a grandchild, and kills all of the family", async () => {
  const child = spawn(process.execPath, ["-e", parent], { stdio: ["ignore", "pipe", "inherit"] });
  const watch = watchProcesses(child.pid);
  await once(child.stdout, "data");
  watch.kill();
  // The pipe closes when the last process that holds it has ended.
  await once(child, "close");
  const { engine, trainer } = watch.stop();
  expect(child.signalCode).toBe("SIGKILL");
  expect(engine.peak).toBeGreaterThan(2e8);
  expect(trainer).toBeNull();
});
