import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askPython, findPython, pythonCandidates } from "./findPython.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "namewright-python-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in a folder that answers our question as a Python of that kind would. */
function fakePython(
  place: string,
  answer: { version: number[]; venv?: boolean; bits?: number; executable?: string } | string,
): string {
  const file = path.join(folder, place);
  mkdirSync(path.dirname(file), { recursive: true });
  const said =
    typeof answer === "string"
      ? answer
      : JSON.stringify({ executable: file, venv: true, bits: 64, ...answer });
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${said}\nEND\n`);
  chmodSync(file, 0o755);
  return file;
}

const machine = (...folders: string[]) => ({
  env: { PATH: folders.map((name) => path.join(folder, name)).join(path.delimiter) },
  platform: process.platform,
  home: folder,
});

describe.skipIf(process.platform === "win32")("findPython, with shell scripts as interpreters", () => {
  it("returns the first suitable Python on the PATH and skips 2 and 3.8", async () => {
    fakePython("a/python3", { version: [3, 8, 18] });
    fakePython("b/python", { version: [2, 7, 18] });
    const wanted = fakePython("c/python3", { version: [3, 12, 1] });
    const { found, rejected } = await findPython(machine("a", "b", "c"));
    expect(found).toMatchObject({ executable: wanted, version: "3.12.1", minor: "3.12" });
    expect(rejected.map(({ reason }) => reason)).toEqual([
      "is 3.8.18; 3.10 or newer is required",
      "is 2.7.18; 3.10 or newer is required",
    ]);
  });

  it("names the package to install for a Python without venv, and continues", async () => {
    fakePython("a/python3", { version: [3, 11, 2], venv: false });
    const wanted = fakePython("b/python3.10", { version: [3, 10, 13] });
    const { found, rejected } = await findPython(machine("a", "b"));
    expect(found?.executable).toBe(wanted);
    expect(rejected[0]?.reason).toContain("apt install python3.11-venv");
    const withUv = await findPython({ ...machine("a", "b"), needsVenv: false });
    expect(withUv.found?.version).toBe("3.11.2");
  });

  it("prefers a version that our packages have wheels for to a newer one", async () => {
    fakePython("a/python3", { version: [3, 15, 0] });
    fakePython("b/python3.14", { version: [3, 14, 0] });
    expect((await findPython(machine("a", "b"))).found?.version).toBe("3.14.0");
  });

  it("finds pyenv's versions without its shims on the PATH, and reads the real interpreter behind a shim", async () => {
    const real = fakePython(".pyenv/versions/3.12.1/bin/python3", { version: [3, 12, 1] });
    const candidates = pythonCandidates(machine("nowhere")).map(([file]) => file);
    expect(candidates).toContain(real);
    const shim = fakePython("shims/python3", { version: [3, 12, 1], executable: real });
    expect(await askPython([shim])).toMatchObject({ executable: real });
  });

  it("says why: a 32-bit build, a program that is no Python, one that does not start", async () => {
    const small = fakePython("a/python3", { version: [3, 11, 0], bits: 32 });
    expect(await askPython([small])).toMatchObject({ reason: expect.stringContaining("32-bit") });
    const store = fakePython("b/python3", "Python was not found; run without arguments to install");
    expect(await askPython([store])).toMatchObject({
      reason: expect.stringContaining("Python was not found"),
    });
    expect(await askPython([path.join(folder, "absent")])).toMatchObject({
      reason: expect.stringContaining("ENOENT"),
    });
  });

  it("gives up on an interpreter that doesn't respond", async () => {
    const file = path.join(folder, "python3");
    writeFileSync(file, "#!/bin/sh\nexec sleep 30\n");
    chmodSync(file, 0o755);
    expect(await askPython([file], 200)).toMatchObject({ command: file, reason: expect.any(String) });
  });
});

it("looks where a desktop session's PATH does not lead: conda, uv, pyenv, the user's own folder", () => {
  const places = [
    ".local/bin/python3",
    ".pyenv/versions/3.12.1/bin/python3",
    "miniforge3/bin/python3",
    ".local/share/uv/python/cpython-3.11.9-linux-x86_64-gnu/bin/python3.11",
  ];
  const files = places.map((place) => fakePython(place, { version: [3, 11, 9] }));
  for (const platform of ["linux", "darwin"]) {
    const found = pythonCandidates({ env: {}, platform, home: folder }).map(([file]) => file);
    expect(found).toEqual(expect.arrayContaining(files));
  }
});

it("asks Windows' launcher, also where it is not on the PATH, and what was installed for this user", () => {
  const launcher = fakePython("Programs/Python/Launcher/py.exe", "");
  const installed = fakePython("Programs/Python/Python311/python.exe", "");
  const env = { LOCALAPPDATA: folder, SYSTEMROOT: path.join(folder, "Windows") };
  const found = pythonCandidates({ env, platform: "win32", home: folder });
  expect(found).toEqual(
    expect.arrayContaining([["py", "-3"], [launcher, "-3"], [launcher, "-3.11"], [installed]]),
  );
  expect(found).not.toContainEqual([path.join(folder, "Windows", "py.exe"), "-3"]);
});

it("asks only the interpreter that NAMEWRIGHT_PYTHON names, and the launcher on Windows", () => {
  const env = { NAMEWRIGHT_PYTHON: "/opt/py/bin/python", PATH: "/usr/bin" };
  expect(pythonCandidates({ env, platform: "linux", home: "/h" })).toEqual([["/opt/py/bin/python"]]);
  expect(pythonCandidates({ env: {}, platform: "win32", home: "C:\\h" })).toContainEqual(["py", "-3"]);
});
