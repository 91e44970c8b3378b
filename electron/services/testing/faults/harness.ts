import { hostname } from "node:os";
import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { mulberry32, type Random } from "../../../../shared/domain/random.ts";
import { createFileLayer, type FileLayer } from "../../files/fileLayer.ts";
import type { Primitives } from "../../files/primitives.ts";
import { recoverWorkspace } from "../../recovery/recovery.ts";
import { configFile, openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { type Fault, FaultyDisk, SimulatedCrash } from "./faultyDisk.ts";

/** One write, and how to read its state. */
export interface Scenario {
  readonly name: string;
  setUp(files: FileLayer, folder: string): Promise<void>;
  /** Performs the write. Calls `acknowledge` after each part that must not be lost from then on. */
  act(files: FileLayer, folder: string, acknowledge: () => Promise<void>): Promise<void>;
  /** Returns the state as the workbench's readers see it, as text. It must be readable at any time. */
  state(files: FileLayer, folder: string): Promise<string>;
  /** Returns whether the write is complete, when the state alone doesn't show it. */
  finished?(files: FileLayer, folder: string): Promise<boolean>;
  /** Files that the write may change, by path in the workspace. All others must stay unchanged. */
  readonly changes: RegExp;
}

/** A disk that can be reset to its state after `setUp` for each fault. */
export interface TestDisk {
  readonly folder: string;
  /** Resets the disk to its state after the setup. */
  fresh(): Promise<Primitives>;
  /** Cuts the power, if the disk can emulate that. */
  cutPower?(random: Random): void;
}

/** How the process ends: the disk keeps its state, or the power is cut too. */
export type CrashMode = Fault | { readonly kind: "power-cut" };

/** The process that meets the fault. At the next start it no longer exists, however it ended. */
const deadIdentity = async () => ({ pid: 999_999_999, startedAt: "1", host: hostname() });

/** The faults injected into a scenario, and its number of operations. */
export interface Injected {
  readonly operations: number;
  readonly faults: number;
}

/** Returns every file of a folder with its content, by path. */
async function snapshot(files: FileLayer, folder: string, unlike: RegExp): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = async (place: string): Promise<void> => {
    for (const name of await files.list(place)) {
      const inner = path.join(place, name);
      const relative = path.relative(folder, inner);
      if (unlike.test(relative)) continue;
      // A folder cannot be read as a file.
      const content = await files.readText(inner).catch(() => null);
      if (content === null) await walk(inner);
      else found.set(relative, content);
    }
  };
  await walk(folder);
  return found;
}

function assertSame(what: string, got: string, allowed: readonly string[]): void {
  if (allowed.includes(got)) return;
  throw new Error(`${what}\nis:\n${got}\nand may be one of:\n${allowed.join("\n---\n")}`);
}

/** Returns every state of an undisturbed scenario and its number of operations. */
async function undisturbed(scenario: Scenario, disk: TestDisk) {
  const primitives = await disk.fresh();
  const faulty = new FaultyDisk(primitives, 0, { kind: "death" }, mulberry32(1));
  const files = createFileLayer(faulty.primitives);
  const plain = createFileLayer(primitives);
  const states = [await scenario.state(plain, disk.folder)];
  const recordState = async () => {
    const state = await scenario.state(plain, disk.folder);
    if (state !== states.at(-1)) states.push(state);
  };
  await scenario.act(files, disk.folder, recordState);
  await recordState();
  return { states, operations: faulty.operations.length };
}

/** Fails each operation of a scenario in turn with each mode, and checks the invariants after each. */
export async function injectFaults(
  scenario: Scenario,
  disk: TestDisk,
  modes: readonly CrashMode[],
): Promise<Injected> {
  const { states, operations } = await undisturbed(scenario, disk);
  let faults = 0;
  for (const mode of modes) {
    // One more than the number of operations: after an end right after the last one, everything must be durable.
    const last = mode.kind === "power-cut" || mode.kind === "death" ? operations + 1 : operations;
    for (let at = 1; at <= last; at += 1) {
      try {
        faults += 1;
        await injectAt(scenario, disk, { mode, at, states });
      } catch (error) {
        const how = "code" in mode ? mode.code : mode.kind;
        throw new Error(`${scenario.name}, ${how} at operation ${at} of ${operations}: ${String(error)}`, {
          cause: error,
        });
      }
    }
  }
  return { operations, faults };
}

interface Injection {
  readonly mode: CrashMode;
  readonly at: number;
  readonly states: readonly string[];
}

async function injectAt(scenario: Scenario, disk: TestDisk, injection: Injection): Promise<void> {
  const { mode, at, states } = injection;
  const { folder } = disk;
  const primitives = await disk.fresh();
  const plain = createFileLayer(primitives);
  const before = await snapshot(plain, folder, scenario.changes);

  const random = mulberry32(at);
  const dies = mode.kind === "death" || mode.kind === "power-cut";
  const faulty = new FaultyDisk(primitives, at, dies ? { kind: "death" } : mode, random);
  const files = createFileLayer(faulty.primitives, deadIdentity);
  let acknowledged = 0;
  const thrown = await scenario
    .act(files, folder, async () => {
      acknowledged += 1;
    })
    .then(
      () => null,
      (error: unknown) => error,
    );
  if (!dies && thrown !== null) assertExplained(thrown);
  if (mode.kind === "power-cut") disk.cutPower?.(random);

  // The old or the new state, with everything acknowledged and at most the write in progress in addition.
  const allowed = thrown === null ? states.slice(-1) : states.slice(acknowledged, acknowledged + 2);
  assertSame("the state before the next start", await scenario.state(plain, folder), allowed);
  if (await plain.exists(path.join(folder, configFile))) {
    const workspace = await openWorkspace(plain, folder, false);
    await recoverWorkspace(plain, workspace);
    await assertTidy(plain, workspace);
  }
  assertSame("the state after the next start", await scenario.state(plain, folder), allowed);
  const after = await snapshot(plain, folder, scenario.changes);
  assertSame("the rest", JSON.stringify([...after]), [JSON.stringify([...before])]);

  if ((await scenario.state(plain, folder)) !== states.at(-1))
    await scenario.act(plain, folder, async () => {});
  assertSame("the state after doing it again", await scenario.state(plain, folder), states.slice(-1));
}

function assertExplained(error: unknown): void {
  if (error instanceof SimulatedCrash) throw new Error("died where an error was injected");
  if (!(error instanceof Failure)) throw error;
  if (error.code === "defect" || error.hint === undefined) throw new Error(`not explained: ${error.message}`);
}

/** Checks that the recovery leaves nothing of a dead writer and that a second recovery has nothing to do. */
async function assertTidy(files: FileLayer, workspace: Workspace): Promise<void> {
  const left = [...(await snapshot(files, workspace.folder, /^$/)).keys()];
  const untidy = left.filter((name) => /\.tmp(\/|$)|\.old(\/|$)|\.partial$/.test(name));
  if (untidy.length > 0) throw new Error(`left over: ${untidy.join(", ")}`);
}
