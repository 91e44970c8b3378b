import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { SilenceLimit } from "../../../shared/domain/training/silence.ts";
import { runTrainer, startFailure } from "./trainerProcess.ts";

const withoutShell = process.platform === "win32" ? "the trainer is emulated by a shell script" : null;
const EventSchema = z.looseObject({ kind: z.string() });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright trainer "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Allows silence for `limitMs` after the trainer's first output. */
function after(limitMs: number): SilenceLimit {
  let begun = false;
  return {
    hear: () => {
      begun = true;
    },
    get limitMs() {
      return begun ? limitMs : 60_000;
    },
  };
}

/** Runs a trainer that is emulated by JavaScript. */
async function play(
  script: string,
  options: { silence?: SilenceLimit; signal?: AbortSignal; onEvent?(kind: string): void } = {},
) {
  const file = path.join(folder, "trainer.mjs");
  const python = path.join(folder, "python");
  await writeFile(
    file,
    `const say = (event) => process.stdout.write(JSON.stringify(event) + "\\n");\n${script}`,
  );
  await writeFile(python, `#!/bin/sh\nexec "${process.execPath}" "${file}" "$@"\n`);
  await chmod(python, 0o755);
  const events: Record<string, unknown>[] = [];
  let log = "";
  const ended = runTrainer(
    { python, packageFolder: folder, arguments: ["train"], environment: {} },
    {
      schema: EventSchema,
      signal: options.signal ?? new AbortController().signal,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event.kind);
      },
      onLog: (text) => {
        log += text;
      },
      ...(options.silence === undefined ? {} : { silence: options.silence }),
      graceSeconds: 1,
    },
  );
  const failure = await ended.then(
    () => null,
    (error: unknown) => error,
  );
  return { failure, events, log: () => log };
}

describe.skipIf(withoutShell !== null)(
  `a trainer${withoutShell === null ? "" : ` (skipped: ${withoutShell})`}`,
  () => {
    it("that succeeds resolves with every event in order", async () => {
      const { failure, events } = await play(
        'for (let step = 1; step <= 50; step += 1) say({ kind: "step", step });',
      );
      expect(failure).toBeNull();
      expect(events.map(({ step }) => step)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });

    it("that exits with 1 is a defect with its last line, and the log has its full output", async () => {
      const { failure, log } = await play('console.error("first\\nlast words"); process.exitCode = 1;');
      expect(failure).toMatchObject({
        code: "defect",
        message: expect.stringContaining("code 1: last words"),
        hint: expect.stringContaining("log.txt"),
      });
      expect(log()).toContain("first\nlast words");
    });

    it.each([
      ["137", "process.exit(137)", /killed by the system, usually because memory ran out/],
      [
        "SIGKILL",
        'process.kill(process.pid, "SIGKILL"); await new Promise(() => setInterval(() => {}, 1000))',
        /killed by the system, usually because memory ran out/,
      ],
      [
        "SIGSEGV",
        'process.kill(process.pid, "SIGSEGV"); await new Promise(() => setInterval(() => {}, 1000))',
        /crashed \(SIGSEGV\), which usually means that memory ran out/,
      ],
      [
        "an error of the allocator",
        'console.error("terminate called\\n  what():  std::bad_alloc\\nlast words"); process.exit(1)',
        /ran out of memory: .*bad_alloc/,
      ],
    ])("that runs out of memory (%s) fails with that reason and a remedy", async (_, script, message) => {
      const { failure } = await play(script);
      expect(failure).toMatchObject({
        code: "missing",
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/Close other programs.*batch size.*runs resume/),
      });
    });

    it("that can't start because too many files are open fails with that reason", async () => {
      const failed = startFailure(Object.assign(new Error("spawn EMFILE"), { code: "EMFILE" }));
      expect(failed).toMatchObject({
        code: "missing",
        message: "the trainer couldn't start because too many files are open (EMFILE)",
        hint: expect.stringMatching(/ulimit -n/),
      });
    });

    it.each([
      ["check-failed", "at step 3 the loss is nan and the gradient norm nan", "Lower learningRate"],
      ["missing", "not enough memory for these settings", "Try, in this order: batchSize 1"],
      ["missing", "couldn't write checkpoint-16", "Free disk space"],
      ["bad-value", "row 7 is too long", "Shorten it"],
    ])("that reports its failure (%s: %s) fails with it", async (code, message, hint) => {
      const event = JSON.stringify({ kind: "error", code, message, hint, row: 7 });
      const { failure } = await play(`say(${event}); process.exitCode = 70;`);
      expect(failure).toMatchObject({ code, message, hint, place: { row: 7 } });
    });

    it("that prints noise, half lines or a 10 MB line still delivers its events", async () => {
      const { failure, events, log } = await play(`
      process.stdout.write("Loading weights 100%|####| {not json\\n[1, 2]\\n{\\"no\\": \\"kind\\"}\\n");
      const text = Buffer.from(JSON.stringify({ kind: "said", text: "träin 🙂" }) + "\\n");
      for (let at = 0; at < text.length; at += 1) {
        process.stdout.write(text.subarray(at, at + 1));
        await new Promise((resolve) => setImmediate(resolve));
      }
      process.stdout.write("x".repeat(10_000_000) + "\\n");
      say({ kind: "done" });
      process.stdout.write("no newline at the end");`);
      expect(failure).toBeNull();
      expect(events).toEqual([{ kind: "said", text: "träin 🙂" }, { kind: "done" }]);
      expect(log()).toContain("[not an event] Loading weights");
      expect(log()).toContain("[a line of 10000000 characters on standard output was dropped]");
      expect(log()).toContain("[not an event] no newline at the end");
    });

    it("that hangs is stopped after the limit, which the message names", async () => {
      const { failure, events } = await play(
        'say({ kind: "begin" }); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);',
        { silence: after(600) },
      );
      expect(events).toEqual([{ kind: "begin" }]);
      expect(failure).toMatchObject({
        code: "defect",
        message: expect.stringMatching(/produced no output for 1 s/),
        hint: expect.stringContaining("runs resume"),
      });
    });

    it("that printed while the workbench was suspended doesn't count as hanging", async () => {
      let heard = 0;
      const standStill = () => {
        heard += 1;
        if (heard === 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
      };
      const { failure, events } = await play(
        `let step = 0;
       const timer = setInterval(() => {
         step += 1;
         say({ kind: "step", step });
         if (step === 40) clearInterval(timer);
       }, 50);`,
        { silence: after(2000), onEvent: standStill },
      );
      expect(failure).toBeNull();
      expect(events).toHaveLength(40);
    });

    it("that is stopped sees the end of its input and is killed if it ignores that", async () => {
      const polite = new AbortController();
      const saved = path.join(folder, "saved");
      const first = await play(
        `import { writeFileSync } from "node:fs";
       process.on("SIGTERM", () => {});
       process.stdin.on("end", () => { writeFileSync(${JSON.stringify(saved)}, ""); process.exit(143); }).resume();
       say({ kind: "begin" });`,
        { signal: polite.signal, onEvent: () => polite.abort(new Error("asked to stop")) },
      );
      expect(first.failure).toMatchObject({ message: "asked to stop" });
      expect(existsSync(saved)).toBe(true);

      const deaf = new AbortController();
      const second = await play(
        'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); say({ kind: "begin" });',
        { signal: deaf.signal, onEvent: () => deaf.abort(new Error("asked to stop")) },
      );
      expect(second.failure).toMatchObject({ message: "asked to stop" });
    });

    it("that can't start names what is missing", async () => {
      const command = {
        python: path.join(folder, "none"),
        packageFolder: folder,
        arguments: [],
        environment: {},
      };
      const nothing = { onEvent: () => {}, onLog: () => {}, signal: new AbortController().signal };
      await expect(runTrainer(command, { schema: EventSchema, ...nothing })).rejects.toMatchObject({
        code: "missing",
        hint: expect.stringContaining("npm run setup"),
      });
    });
  },
);
