import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BuildPlan, type CudaPlan, ensureEnvironment, SetupFailure } from "./build.mjs";
import { currentEnvironment, pythonInside } from "./folders.mjs";

let folder = "";
let requirementsFile = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "namewright-build-"));
  requirementsFile = path.join(folder, "requirements.txt");
  writeFileSync(requirementsFile, "six==1.17.0\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const python = path.join("bin", "python3");
/** A Python that answers our question, and ends well whatever else it is asked. */
function fakePython(): string {
  const file = path.join(folder, python);
  mkdirSync(path.dirname(file), { recursive: true });
  const answer = JSON.stringify({ executable: file, version: [3, 11, 7], venv: true, bits: 64 });
  writeFileSync(file, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  return file;
}

const wanted = () => ({
  machine: { env: { NAMEWRIGHT_PYTHON: fakePython() }, platform: process.platform, home: folder },
  userData: folder,
  requirementsFile,
});

/** What a builder leaves: an interpreter. */
async function fakeBuild(plan: BuildPlan): Promise<void> {
  await sleep(50);
  mkdirSync(path.dirname(pythonInside(plan.folder)), { recursive: true });
  copyFileSync(plan.python.executable, pythonInside(plan.folder));
}

describe.skipIf(process.platform === "win32")("ensureEnvironment, with a fake builder", () => {
  it("builds once for two concurrent setups, and a third reuses the result", async () => {
    let builds = 0;
    const notes: string[] = [];
    const build = async (plan: BuildPlan) => {
      builds += 1;
      await fakeBuild(plan);
    };
    const both = [1, 2].map(() =>
      ensureEnvironment({ ...wanted(), build, onNote: (text: string) => notes.push(text) }),
    );
    const [first, second] = await Promise.all(both);
    expect(builds).toBe(1);
    expect([first?.built, second?.built].sort()).toEqual([false, true]);
    expect(notes.some((note) => note.includes("another setup"))).toBe(true);
    expect((await ensureEnvironment({ ...wanted(), build })).built).toBe(false);
    expect(currentEnvironment(folder, requirementsFile)?.stamp.python).toBe("3.11");
  });

  it("adds the packages for a GPU once, also to an environment that was built before", async () => {
    const plain = await ensureEnvironment({ ...wanted(), build: fakeBuild, findGpus: async () => [] });
    writeFileSync(path.join(folder, "requirements-cuda.txt"), "bitsandbytes==1\n");
    const added: CudaPlan[] = [];
    const addCuda = async (plan: CudaPlan) => void added.push(plan);
    const withGpu = { ...wanted(), build: fakeBuild, addCuda, findGpus: async () => ["NVIDIA L4"] };
    const first = await ensureEnvironment(withGpu);
    await ensureEnvironment(withGpu);
    expect(added.map((plan) => [plan.folder, path.basename(plan.cudaFile)])).toEqual([
      [first.environment.folder, "requirements-cuda.txt"],
    ]);
    writeFileSync(path.join(folder, "requirements-cuda.txt"), "bitsandbytes==2\n");
    expect((await ensureEnvironment(withGpu)).built).toBe(false);
    expect(added).toHaveLength(2);
    await ensureEnvironment({ ...withGpu, findGpus: async () => [] });
    expect(added).toHaveLength(2);
    expect(plain.environment.stamp.requirements).toBe(first.environment.stamp.requirements);
  });

  it("completes without the packages for a GPU, and says what is missing", async () => {
    writeFileSync(path.join(folder, "requirements-cuda.txt"), "bitsandbytes==1\n");
    const notes: string[] = [];
    let tries = 0;
    const withGpu = {
      ...wanted(),
      build: fakeBuild,
      findGpus: async () => ["NVIDIA L4"],
      addCuda: async () => {
        tries += 1;
        throw new SetupFailure("couldn't install the packages for 4-bit training: no network", { hint: "" });
      },
      onNote: (text: string) => notes.push(text),
    };
    const { environment } = await ensureEnvironment(withGpu);
    expect(currentEnvironment(folder, requirementsFile)).toEqual(environment);
    expect(notes.join()).toMatch(/no network.*4 bits/);
    await ensureEnvironment(withGpu);
    expect(tries).toBe(2);
  });

  it("removes the remains of an interrupted build", async () => {
    let left = "";
    const cut = async (plan: BuildPlan) => {
      await fakeBuild(plan);
      left = path.join(plan.folder, "half");
      writeFileSync(left, "");
      throw new Error("killed");
    };
    await expect(ensureEnvironment({ ...wanted(), build: cut })).rejects.toThrow("killed");
    expect(currentEnvironment(folder, requirementsFile)).toBeNull();
    expect(existsSync(left)).toBe(true);
    await ensureEnvironment({ ...wanted(), build: fakeBuild });
    expect(existsSync(left)).toBe(false);
  });

  it("rebuilds for other requirements or a broken interpreter", async () => {
    const first = await ensureEnvironment({ ...wanted(), build: fakeBuild });
    writeFileSync(requirementsFile, "six==1.16.0\n");
    const second = await ensureEnvironment({ ...wanted(), build: fakeBuild });
    expect(second.built).toBe(true);
    expect(second.environment.folder).not.toBe(first.environment.folder);
    writeFileSync(pythonInside(second.environment.folder), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    expect((await ensureEnvironment({ ...wanted(), build: fakeBuild })).built).toBe(true);
  });

  it("fails with the tried commands and a remedy without Python", async () => {
    const machine = {
      env: { NAMEWRIGHT_PYTHON: path.join(folder, "none") },
      platform: "linux",
      home: folder,
    };
    const failed = await ensureEnvironment({ ...wanted(), machine, build: fakeBuild }).catch(
      (error) => error,
    );
    expect(failed).toBeInstanceOf(SetupFailure);
    expect(failed.hint).toContain("python3-venv");
    expect(failed.lines.join()).toContain("ENOENT");
  });

  it("passes on a tool's own reason when venv fails", async () => {
    const asked = wanted();
    const broken = asked.machine.env.NAMEWRIGHT_PYTHON;
    const answer = JSON.stringify({ executable: broken, version: [3, 11, 7], venv: true, bits: 64 });
    const words = "Error: [Errno 28] No space left on device";
    writeFileSync(broken, `#!/bin/sh\n[ "$1" = -m ] && { echo "${words}" >&2; exit 1; }\necho '${answer}'\n`);
    const failed = await ensureEnvironment(asked).catch((error) => error);
    expect(failed).toBeInstanceOf(SetupFailure);
    expect(failed.message).toContain("the disk is full");
    expect(currentEnvironment(folder, requirementsFile)).toBeNull();
  });
});
