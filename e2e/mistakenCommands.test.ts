import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command, Option } from "commander";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../electron/hosts/cli/cli.ts";
import { buildProgram } from "../electron/hosts/cli/program.ts";
import { nodePlatform } from "../electron/hosts/node/nodePlatform.ts";
import { type HubServer, startHubServer } from "../electron/services/testing/hubServer.ts";
import { Failure } from "../shared/domain/failure.ts";
import { mistypedTexts } from "./support/mistakes.ts";
import { copyOfSample, failing, run } from "./support/namewright.ts";

vi.mock("../electron/hosts/node/nodePlatform.ts", { spy: true });

let folder: string;
let workspace: string;
let standing: string;
let hugging: HubServer;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "mistaken commands ")));
  workspace = path.join(folder, "study");
  for (const name of ["study", "sample"]) {
    await mkdir(path.join(folder, name));
    await copyOfSample(path.join(folder, name));
  }
  hugging = await startHubServer({ id: "someone/tiny", files: { "config.json": "{}" } });
  standing = process.cwd();
  process.chdir(workspace);
});
afterEach(async () => {
  process.chdir(standing);
  vi.restoreAllMocks();
  await hugging.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The terminal's platform without inference, keys, or a network beyond this machine. */
function stubPlatform(): void {
  const real = nodePlatform("terminal");
  vi.mocked(nodePlatform).mockReturnValue({
    ...real,
    paths: { ...real.paths, userData: path.join(folder, "user"), sample: path.join(folder, "sample") },
    secrets: { get: async () => null },
    setting: (name) => (name === "HF_ENDPOINT" ? hugging.endpoint : undefined),
    launchWorker: (entry) => {
      if (entry === "compute") return real.launchWorker(entry);
      throw new Failure("missing", `no ${entry} process starts in this test`);
    },
  });
}

interface OneCommand {
  readonly words: readonly string[];
  readonly command: Command;
}

/** Returns every command of the program by its words. */
function commandsOf(command: Command, words: readonly string[] = []): OneCommand[] {
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((inner) => commandsOf(inner, [...words, inner.name()]));
}
const commands = commandsOf(buildProgram(async () => {}, "0"));

const rightRun = "20261123T081722-training-d4a1";

/** Valid words for an argument or option, by its name. */
function rightWord(name: string): string {
  const right: Readonly<Record<string, string>> = {
    file: "data/dataset_v1.csv",
    before: "data/dataset_v1.csv",
    after: "data/dataset_v2.csv",
    against: "data/test_set.csv",
    path: "models/model_v1",
    dir: path.join(folder, "made"),
    out: path.join(folder, "out"),
    base: "embedded",
    id: rightRun,
    run: rightRun,
    baseline: "v1",
    candidate: "v2",
    version: "v1",
    from: "v1",
    as: "adapter",
    row: "1",
    command: "train",
    folder: "models/model_v1/adapter",
    description: "A bakery",
  };
  return right[name] ?? "1";
}

const mistypedNumberWords = ["-1", "0", "0.5", "9e15", "9007199254740993", "1e999", "0x10", "3,", "\u0661"];

const takesValue = (option: Option) => option.required || option.optional;

/** Returns a command line with every required argument and option; those in `mistaken` (by position) are replaced. */
function wordsOf({ words, command }: OneCommand, mistaken: ReadonlyMap<string, string>): string[] {
  const options = command.options.filter(takesValue).flatMap((option) => {
    const name = option.attributeName();
    const word = mistaken.get(`--${name}`) ?? (option.mandatory ? rightWord(name) : undefined);
    return word === undefined ? [] : [`${option.long}=${word}`];
  });
  const given = command.registeredArguments.flatMap((argument) => {
    const name = argument.name();
    const word = mistaken.get(name) ?? (argument.required ? rightWord(name) : undefined);
    return word === undefined ? [] : [word];
  });
  return [...words, ...options, ...given];
}

/** The positions of a command line that can be mistyped. */
function placesOf({ command }: OneCommand): string[] {
  return [
    ...command.options.filter(takesValue).map((option) => `--${option.attributeName()}`),
    ...command.registeredArguments.map((argument) => argument.name()),
  ];
}

/** Runs a command in this process. Returns its exit code and output. */
async function ran(words: readonly string[]): Promise<{ code: number; text: string }> {
  let text = "";
  const keep = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(keep),
  );
  try {
    return { code: await runCli(words), text };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
}

function complaint({ code, text }: { code: number; text: string }): string | null {
  const jargon = /Invalid input|received|Too (big|small)|validation failed|✖|\bE[A-Z]{4,}:|\n\s+at .*:\d+/;
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
  const allowed = [0, 1, 2, 3, 4, 5, 130];
  return allowed.includes(code) && !jargon.test(text) && !control.test(text) ? null : `exit ${code}: ${text}`;
}

/** Fixed, so that failures can be reproduced. fast-check reports it with the failing words. */
const seed = 20_261_130;
const callsPerCommand = 40;

function mistakenWords(one: OneCommand): fc.Arbitrary<string[]> {
  // A command line can't contain NUL.
  const texts = mistypedTexts(workspace).filter((text) => !text.includes("\0"));
  const words = [...texts, ...mistypedNumberWords];
  const mistake = fc.tuple(fc.constantFrom(...placesOf(one)), fc.constantFrom(...words));
  const rest = fc.constantFrom<string[]>([], [], ["--nope"], ["one", "too", "many"], ["--json"], ["--json"]);
  return fc
    .tuple(fc.array(mistake, { minLength: 1, maxLength: 2 }), rest)
    .map(([mistakes, more]) => [...wordsOf(one, new Map(mistakes)), ...more]);
}

describe("every command of the program", { timeout: 300_000 }, () => {
  it("answers mistyped arguments with a documented exit code and message, never a defect", async () => {
    stubPlatform();
    expect(commands.length).toBeGreaterThan(30);
    for (const one of commands) {
      await fc.assert(
        fc.asyncProperty(mistakenWords(one), async (words) => {
          expect(complaint(await ran(words))).toBeNull();
        }),
        { seed, numRuns: callsPerCommand, endOnFailure: true },
      );
    }
  });
});

describe("a spawned command", () => {
  const cwd = () => ({ cwd: workspace });

  it("exits with 4 when the file to import is missing, as lint does", async () => {
    const lint = await failing(["dataset", "lint", "nope.csv"], cwd());
    const imported = await failing(["dataset", "import", "nope.csv"], cwd());
    expect(imported).toMatchObject({ exitCode: 4, code: "missing", file: "nope.csv" });
    expect(imported.message).toBe(lint.message);
  });

  it("exits with 3 and names the limit when a value is out of bounds", async () => {
    const long = ["dataset", "import", "data/dataset_v1.csv", "--as", "n".repeat(300)];
    expect(await failing(long, cwd())).toMatchObject({
      exitCode: 3,
      message: "as: a dataset's name must have at most 100 characters",
    });
    expect(await failing(["train", "--version", "v1", "--epochs", "9000000000000000"], cwd())).toMatchObject({
      exitCode: 3,
      message: "epochs must be at most 10,000; found 9,000,000,000,000,000",
    });
  });

  it("shows control characters in the workspace's name instead of obeying them", async () => {
    const name = "\u001b]0;title\u0007\u001b[31mred\u009b\nline";
    await writeFile("namewright.json", JSON.stringify({ schemaVersion: 1, name }));
    const info = await run(["workspace", "info"], { cwd: workspace, env: { FORCE_COLOR: "1" } });
    expect(info.stdout).toContain("\\u001b]0;title\\u0007\\u001b[31mred\\u009b line in ");
    const json = await run(["workspace", "info", "--json"], cwd());
    expect(info.stdout + json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(JSON.parse(json.stdout).config.name).toBe(name);
  });
});
