import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const module = JSON.stringify(new URL("./endWithParent.ts", import.meta.url).href);

/** Computes without ever returning to its event loop. */
const child = `
  import { endWithParent } from ${module};
  endWithParent();
  process.stdout.write(String(process.pid), () => setTimeout(() => { for (;;); }, 500));`;

const parent = `
  require("node:child_process").spawn(
    process.execPath,
    ["--input-type=module", "--eval", ${JSON.stringify(child)}],
    { stdio: "inherit" },
  );`;

it.skipIf(process.platform === "win32")(
  "a process that computes ends after its parent was killed",
  async () => {
    const host = spawn(process.execPath, ["--eval", parent], { stdio: ["ignore", "pipe", "inherit"] });
    const [said] = await once(host.stdout, "data");
    const pid = Number(said);
    expect(isRunning(pid)).toBe(true);
    // Its event loop is blocked by then.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(isRunning(pid)).toBe(true);
    host.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  },
);
