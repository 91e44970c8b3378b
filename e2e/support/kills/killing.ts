import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { createFileLayer } from "../../../electron/services/files/fileLayer.ts";
import { readRun } from "../../../electron/services/run/runStore.ts";
import { mulberry32, type Random } from "../../../shared/domain/random.ts";
import { runJson, type Started, start } from "../namewright.ts";
import { childrenOf, isStillThere, type ProcessSeen } from "../processes.ts";
import { RunProgress, type Stage, stages } from "./stages.ts";

/** What is killed: the host that owns the run, the Python trainer, or an inference process. */
export type Victim = "host" | "trainer" | "inference";

export interface Blow {
  readonly victim: Victim;
  readonly stage: Stage;
}

/** The maximum random delay of a kill after a stage starts, in milliseconds: about the duration of the stage. */
export const trainingSpans: Readonly<Record<Stage, number>> = {
  prepare: 1500,
  train: 1500,
  convert: 60,
  parity: 1200,
  generate: 350,
  judge: 400,
  report: 2,
};
/** An evaluation has a short preparation. */
export const evaluationSpans: typeof trainingSpans = { ...trainingSpans, prepare: 30 };

/** A killed host's children must end within 5 s. A machine that is busy with other tests gets twice as long. */
const orphanMs = 10_000;
/** Maximum tries per kill, because a stage may end first. */
const mostTries = 12;

const files = createFileLayer();
const commandOf: Readonly<Record<Exclude<Victim, "host">, string>> = {
  trainer: "namewright_trainer",
  inference: "inference",
};

/** Kills the processes of a run repeatedly, and resumes the run each time. */
export class Killing {
  readonly #cwd: string;
  readonly #env: Record<string, string>;
  readonly #first: readonly string[];
  readonly #random: Random;
  readonly #spans: typeof trainingSpans;
  /** Called just before a host is killed and after it died, to check the judge's replies. */
  readonly #around: { before(): Promise<void>; after(): Promise<void> };
  #host: Started | null = null;
  #over = false;
  #run: { id: string; folder: string; progress: RunProgress } | null = null;
  /** Finished attempts of the current run. */
  #done = 0;
  readonly counts = new Map<string, number>();
  longestOrphanMs = 0;
  kills = 0;

  constructor(options: {
    cwd: string;
    env: Record<string, string>;
    /** The command that starts the run. */
    first: readonly string[];
    seed: number;
    spans: typeof trainingSpans;
    around?: { before(): Promise<void>; after(): Promise<void> };
  }) {
    this.#cwd = options.cwd;
    this.#env = options.env;
    this.#first = options.first;
    this.#random = mulberry32(options.seed);
    this.#spans = options.spans;
    this.#around = options.around ?? { before: async () => {}, after: async () => {} };
  }

  /** Carries out every kill, and counts each under the stage in which it happened. */
  async deal(blows: readonly Blow[]): Promise<void> {
    for (const blow of blows) {
      let fell: Stage | null = null;
      for (let tries = 0; fell !== blow.stage && tries < mostTries; tries += 1)
        fell = await this.#strike(blow);
      if (fell !== blow.stage)
        throw new Error(`${blow.stage} was over before the ${blow.victim} could die in it`);
    }
  }

  /** Suspends and wakes all processes in a stage, like closing a laptop's lid. The run still counts as running. */
  async sleepIn(stage: Stage, napMs = 1000): Promise<void> {
    const { owner, folder } = await this.#reached(stage);
    const asleep = [owner, ...childrenOf(owner).map(({ pid }) => pid)];
    for (const pid of asleep) process.kill(pid, "SIGSTOP");
    await wait(napMs);
    expect((await readRun(files, folder)).run.status).toBe("running");
    for (const pid of asleep) process.kill(pid, "SIGCONT");
  }

  /** Makes another process pause the run. A training stops at a checkpoint, and its process ends. */
  async pauseIn(stage: Stage): Promise<void> {
    const { id, folder } = await this.#reached(stage);
    await runJson("runs pause", [id], { cwd: this.#cwd, env: this.#env });
    expect(await this.#host?.ended).toMatchObject({ code: 130, stderr: expect.stringContaining("paused") });
    this.#over = true;
    expect((await readRun(files, folder)).run.status).toBe("paused");
  }

  async #reached(stage: Stage): Promise<{ owner: number; id: string; folder: string }> {
    const begun = await this.#started();
    if (begun === null || this.#run === null) throw new Error("the run ended before it began");
    while (begun.progress.stage !== stage) {
      if (begun.progress.ended) throw new Error(`the run ended without a stage ${stage}`);
      await wait(5);
      await begun.progress.look();
    }
    return { owner: begun.owner, id: this.#run.id, folder: this.#run.folder };
  }

  /** Resumes the run until it succeeds. */
  async finish(): Promise<string> {
    await this.#started();
    const ended = await this.#host?.ended;
    this.#over = true;
    expect(ended?.stderr).not.toContain("Traceback");
    expect(ended).toMatchObject({ code: 0 });
    const { run } = await readRun(files, this.#run?.folder ?? "");
    expect(run.status).toBe("succeeded");
    return run.folder;
  }

  /** Waits until this attempt has started. Returns the run's folder and the process that owns it. */
  async #started(): Promise<{ progress: RunProgress; owner: number } | null> {
    if (this.#host === null || this.#over) await this.#go();
    const host = this.#host as Started;
    let ended = false;
    void host.ended.then(() => {
      ended = true;
    });
    for (;;) {
      this.#run ??= this.#newestRun();
      await this.#run?.progress.look();
      if (this.#run !== null && this.#run.progress.attempt > this.#done) {
        const owner = ownerOf(this.#run.folder);
        if (owner !== null) return { progress: this.#run.progress, owner };
      }
      if (ended) return null;
      await wait(5);
    }
  }

  async #go(): Promise<void> {
    this.#over = false;
    if (this.#run !== null && (await readRun(files, this.#run.folder)).run.status === "succeeded") {
      this.#run = null;
      this.#done = 0;
    }
    const known = this.#run;
    if (known === null) this.#known = new Set(this.#runNames());
    else await known.progress.look();
    this.#done = known?.progress.attempt ?? 0;
    const words = known === null ? this.#first : ["runs", "resume", known.id];
    this.#host = start([...words], { cwd: this.#cwd, env: this.#env });
  }

  #known = new Set<string>();

  #runNames(): string[] {
    const folder = path.join(this.#cwd, "runs");
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  #newestRun() {
    const id = this.#runNames().find((name) => !this.#known.has(name) && !name.startsWith("."));
    if (id === undefined) return null;
    const folder = path.join(this.#cwd, "runs", id);
    if (!existsSync(path.join(folder, "owner.json"))) return null;
    return { id, folder, progress: new RunProgress(folder) };
  }

  /** Kills once. Returns the stage in which it happened; null if the run was already past the stage. */
  async #strike({ victim, stage }: Blow): Promise<Stage | null> {
    const begun = await this.#started();
    if (begun === null) return this.#past();
    const { progress, owner } = begun;
    const aim = () => (victim === "host" ? [owner] : pidsOf(victim, owner));
    while (progress.stage !== stage || aim().length === 0) {
      if (progress.ended || stages.indexOf(progress.stage) > stages.indexOf(stage)) return this.#past();
      await wait(2);
      await progress.look();
    }
    await wait(this.#random.next() * this.#spans[stage]);
    // A report is written faster than replies can be counted and processes listed.
    const isQuick = stage === "report";
    if (victim === "host" && !isQuick) await this.#around.before();
    const children = isQuick ? [] : childrenOf(owner);
    const targets = aim();
    await progress.look();
    const target = targets[Math.floor(this.#random.next() * targets.length)];
    if (progress.ended || target === undefined) return this.#past();
    const fell = progress.stage;
    process.kill(target, "SIGKILL");
    this.kills += 1;
    const key = `${victim} in ${fell}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (victim !== "inference") await this.#mourn(victim, children);
    return fell;
  }

  /** The run is past the stage or finished. It is left to end, and the next try starts it or another run again. */
  async #past(): Promise<null> {
    await this.#host?.ended;
    this.#over = true;
    return null;
  }

  /** Checks what a kill must leave: a run that shows how it ended, and no process still working on it. */
  async #mourn(victim: Victim, children: readonly ProcessSeen[]): Promise<void> {
    const { code } = (await this.#host?.ended) ?? { code: null };
    this.#over = true;
    expect(code).not.toBe(0);
    if (victim === "host") await this.#around.after();
    const { run } = await readRun(files, this.#run?.folder ?? "");
    expect(run.status).toBe(victim === "host" ? "interrupted" : "failed");
    if (victim === "trainer") expect(run.failure?.message).toContain("killed by the system");
    const began = performance.now();
    for (const child of children) {
      while (isStillThere(child)) {
        if (performance.now() - began > orphanMs) throw new Error(`an orphan works on: ${child.command}`);
        await wait(20);
      }
    }
    this.longestOrphanMs = Math.max(this.longestOrphanMs, performance.now() - began);
  }
}

/** Returns the process that owns a run; null if none is recorded. */
function ownerOf(folder: string): number | null {
  try {
    return JSON.parse(readFileSync(path.join(folder, "owner.json"), "utf8")).pid;
  } catch {
    return null;
  }
}

function pidsOf(victim: Exclude<Victim, "host">, owner: number): number[] {
  return childrenOf(owner).flatMap(({ pid, command }) => (command.includes(commandOf[victim]) ? [pid] : []));
}
