import { describe, expect, it } from "vitest";
import { ThreadSearch, type ThreadSearchOptions, type TimeOf } from "./threads.ts";

/** A machine whose other programs use `cores`, and a model that is `speedup` times as fast with more threads. */
function fakeMachine() {
  const machine = { cores: 0, milliseconds: 10_000, measured: [] as number[], speedup: 1.9 };
  const timeOf: TimeOf = async (threads, limit) => {
    machine.measured.push(threads);
    const slowed = machine.cores >= 1 && threads > 1;
    const time = slowed ? 500 : 100 / (threads === 1 ? 1 : machine.speedup);
    return time > limit ? Number.POSITIVE_INFINITY : time;
  };
  const cpu = { start: () => {}, usedByOthers: () => machine };
  const search = (options: Partial<ThreadSearchOptions> = {}) =>
    new ThreadSearch({ cores: 2, gpuLayers: 0, totalLayers: 33, timeOf, cpu, ...options });
  return { machine, search };
}

describe("ThreadSearch", () => {
  it("uses one thread if every layer is on a GPU", async () => {
    const { machine, search } = fakeMachine();
    expect(await search({ cores: 8, gpuLayers: 33 }).run()).toBe(1);
    expect(machine.measured).toEqual([]);
  });

  it.each([1, 20, 32])("uses the physical cores if %d of 33 layers are on a GPU", async (gpuLayers) => {
    expect(await fakeMachine().search({ cores: 8, gpuLayers }).run()).toBe(8);
  });

  it("measures without a GPU, and keeps one thread where more don't help", async () => {
    const { machine, search } = fakeMachine();
    expect(await search().run()).toBe(2);
    expect(machine.measured).toEqual([1, 2]);
    machine.speedup = 0.1;
    expect(await search().run()).toBe(1);
  });

  it("repeats a search that other programs disturbed, once the machine is quiet", async () => {
    const { machine, search } = fakeMachine();
    machine.cores = 1.5;
    const disturbed = search();
    expect(await disturbed.run()).toBe(1);
    expect(disturbed.worthRepeating).toBe(false);
    machine.cores = 0.1;
    expect(disturbed.worthRepeating).toBe(true);
    expect(await disturbed.run()).toBe(2);
    expect(disturbed.worthRepeating).toBe(false);
  });

  it("searches again for a count from an earlier process", async () => {
    const known = fakeMachine().search();
    known.use(1);
    expect(known.threads).toBe(1);
    expect(known.worthRepeating).toBe(true);
    const partial = fakeMachine().search({ cores: 8, gpuLayers: 20 });
    partial.use(8);
    expect(partial.worthRepeating).toBe(false);
  });

  it("doesn't repeat a search before the machine was watched for some seconds", async () => {
    const { machine, search } = fakeMachine();
    machine.cores = 1.5;
    const disturbed = search();
    await disturbed.run();
    machine.cores = 0;
    machine.milliseconds = 100;
    expect(disturbed.worthRepeating).toBe(false);
  });

  it("doesn't repeat an undisturbed search, or one that found every core", async () => {
    const { machine, search } = fakeMachine();
    machine.speedup = 0.1;
    const quiet = search();
    await quiet.run();
    expect(quiet.worthRepeating).toBe(false);
    machine.cores = 0.9;
    machine.speedup = 2;
    const whole = search();
    expect(await whole.run()).toBe(2);
    expect(whole.worthRepeating).toBe(false);
  });
});
