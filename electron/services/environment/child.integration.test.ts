import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { runLines } from "./child.mjs";

const module = new URL("./child.mjs", import.meta.url).href;
/** Prints a line, then waits for a signal. */
const command = `console.log("ready"); setInterval(() => {}, 1000);`;

let host: ChildProcess | undefined;
afterEach(() => void host?.kill("SIGKILL"));

/** Starts a process that runs a command, and resolves when the command runs. */
async function startHost(before: string, options: string) {
  const script = `import { runLines } from ${JSON.stringify(module)};
    ${before}
    const onLine = () => console.log("ready");
    const { code } = await runLines(process.execPath, ["-e", ${JSON.stringify(command)}], { onLine, ${options} });
    console.log("ended with " + code);`;
  const started = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  host = started;
  const lines: string[] = [];
  const output = createInterface(started.stdout).on("line", (line) => lines.push(line));
  await once(output, "line");
  return { lines, host: started, ended: once(started, "close") };
}

describe("runLines", () => {
  it.each([
    [
      "ends by itself",
      'process.on("SIGTERM", () => setTimeout(() => { console.log("saved"); process.exit(7); }, 200));',
      7,
    ],
    ["doesn't end", 'process.on("SIGTERM", () => console.log("saved"));', 128],
  ])("waits after an abort for a command that %s", async (_, onSignal, code) => {
    const abort = new AbortController();
    let pid = 0;
    const result = await runLines(process.execPath, ["-e", `${onSignal} ${command}`], {
      signal: abort.signal,
      onStart: (started) => {
        pid = started;
      },
      onLine: (line) => void (line === "ready" && abort.abort()),
    });
    expect(result).toEqual({ code, lines: ["ready", "saved"] });
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("leaves a signal to a host that handles it, and ends the command", async () => {
    const own = `process.once("SIGTERM", () => console.log("host: SIGTERM"));`;
    const { lines, host, ended } = await startHost(own, "signal: new AbortController().signal");
    host.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(lines).toEqual(["ready", "host: SIGTERM", "ended with 128"]);
  });

  it.each(["", "signal: new AbortController().signal"])(
    "ends a process that doesn't handle the signal {%s}",
    async (options) => {
      const { lines, host, ended } = await startHost("", options);
      host.kill("SIGTERM");
      expect(await ended).toEqual([null, "SIGTERM"]);
      expect(lines).toEqual(["ready"]);
    },
  );
});
