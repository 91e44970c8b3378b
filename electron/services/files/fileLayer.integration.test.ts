import { execFileSync } from "node:child_process";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skipBecause } from "../testing/skipBecause.ts";
import { createFileLayer } from "./fileLayer.ts";
import { realPrimitives } from "./primitives.ts";
import { parseTemporary } from "./temporaryFile.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright files "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

describe("writing", () => {
  it("follows a link and keeps permissions, as an editor would", async () => {
    await mkdir(at("elsewhere"));
    await writeFile(at("elsewhere/d.csv"), "old");
    await chmod(at("elsewhere/d.csv"), 0o600);
    await symlink(at("elsewhere/d.csv"), at("d.csv"));
    await files.writeAtomic(at("d.csv"), "new");
    expect(await readlink(at("d.csv"))).toBe(at("elsewhere/d.csv"));
    expect(await readFile(at("elsewhere/d.csv"), "utf8")).toBe("new");
    expect((await stat(at("elsewhere/d.csv"))).mode & 0o777).toBe(0o600);
    expect(await readdir(at("elsewhere"))).toEqual(["d.csv"]);
  });

  it("keeps permissions that the umask takes from a new file", async () => {
    await writeFile(at("shared.csv"), "old");
    await chmod(at("shared.csv"), 0o664);
    const before = process.umask(0o077);
    try {
      await files.writeAtomic(at("shared.csv"), "new");
      await files.writeAtomic(at("made.csv"), "new");
    } finally {
      process.umask(before);
    }
    expect((await stat(at("shared.csv"))).mode & 0o777).toBe(0o664);
    expect((await stat(at("made.csv"))).mode & 0o777).toBe(0o600);
  });

  it("does not replace what is marked read-only", async () => {
    await writeFile(at("d.csv"), "old");
    await chmod(at("d.csv"), 0o444);
    await expect(files.writeAtomic(at("d.csv"), "new")).rejects.toMatchObject({ code: "missing" });
    expect(await readFile(at("d.csv"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["d.csv"]);
  });

  it("creates a file once for concurrent writers", async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => files.writeNew(at("one"), `by ${n}`)),
    );
    expect(made.filter((one) => one)).toHaveLength(1);
    expect(await readFile(at("one"), "utf8")).toBe(`by ${made.indexOf(true)}`);
    expect(await readdir(folder)).toEqual(["one"]);
  });

  it("changes nothing when the final check throws", async () => {
    await writeFile(at("d.csv"), "old");
    const beforeRename = () => Promise.reject(new Error("changed"));
    await expect(files.writeAtomic(at("d.csv"), "new", { beforeRename })).rejects.toThrow("changed");
    expect(await readFile(at("d.csv"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["d.csv"]);
  });

  it("tells its temporary files from everybody else's", () => {
    expect(parseTemporary(".d.csv.12-0123abcd-89abcdef.3.tmp")).toEqual({
      of: "d.csv",
      writerTag: "12-0123abcd-89abcdef",
    });
    for (const name of ["d.csv.tmp", ".d.csv.tmp", ".d.csv.12.3.tmp", "a.12-0123abcd-89abcdef.3.tmp"]) {
      expect(parseTemporary(name)).toBeNull();
    }
  });

  it("removes a link to a folder, never what it leads to", async () => {
    await mkdir(at("kept"));
    await writeFile(at("kept/file"), "mine");
    await mkdir(at("gone"));
    await symlink(at("kept"), at("gone/link"));
    await files.remove(at("gone"));
    expect(await readdir(folder)).toEqual(["kept"]);
    expect(await readdir(at("kept"))).toEqual(["file"]);
  });
});

/** A small disk of its own; null where this machine lets nobody make one. */
function smallDisk(place: string): { remove(): void } | null {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", place], { stdio: "ignore" });
    return { remove: () => execFileSync("umount", [place]) };
  } catch {
    return null;
  }
}

it("a full disk keeps the old file and the journal's lines, and the failure has a remedy", async (context) => {
  await mkdir(at("small"));
  const disk = smallDisk(at("small"));
  if (disk === null) return skipBecause(context, "mounting a small disk needs root");
  try {
    await files.writeAtomic(at("small/d.csv"), "old");
    await files.appendLine(at("small/events.jsonl"), "one");
    await expect(files.writeAtomic(at("small/d.csv"), "x".repeat(100_000))).rejects.toMatchObject({
      code: "missing",
      message: `the disk is full: couldn't write ${at("small/d.csv")}`,
    });
    await expect(files.appendLine(at("small/events.jsonl"), "y".repeat(100_000))).rejects.toMatchObject({
      code: "missing",
    });
    expect(await readFile(at("small/d.csv"), "utf8")).toBe("old");
    expect((await readFile(at("small/events.jsonl"), "utf8")).startsWith("one\n")).toBe(true);
    expect((await readdir(at("small"))).sort()).toEqual(["d.csv", "events.jsonl"]);
  } finally {
    disk.remove();
  }
});

it("too many open files: explained, and nothing is left behind", () => {
  const layer = JSON.stringify(new URL("./fileLayer.ts", import.meta.url).href);
  const script = `
    import { openSync } from "node:fs";
    import { createFileLayer } from ${layer};
    const files = createFileLayer();
    await files.writeAtomic(${JSON.stringify(at("d.csv"))}, "old");
    const held = [];
    try { for (;;) held.push(openSync("/dev/null")); } catch {}
    const failure = await files.writeAtomic(${JSON.stringify(at("d.csv"))}, "new").catch((error) => error);
    process.stdout.write(failure.code + ": " + failure.message);`;
  // The limit is the child's own.
  const words = ["-c", 'ulimit -n 256; exec "$0" --input-type=module --eval "$1"', process.execPath, script];
  const said = execFileSync("bash", words, { encoding: "utf8", cwd: import.meta.dirname });
  expect(said).toBe(`missing: too many open files: couldn't write ${at("d.csv")}`);
});

it.each([
  ["EACCES", "permission denied: couldn't write"],
  ["EROFS", "permission denied: couldn't write"],
  ["EIO", "the disk failed to write"],
  ["EBUSY", "in use by another program"],
])("%s at any step is explained", async (code, words) => {
  const refuse = () => Promise.reject(Object.assign(new Error(code), { code }));
  for (const step of ["create", "rename", "syncFolder", "target"] as const) {
    const failing = createFileLayer({ ...realPrimitives, [step]: refuse });
    await expect(failing.writeAtomic(at("d.csv"), "new")).rejects.toMatchObject({
      message: expect.stringContaining(words),
      hint: expect.stringMatching(/\w/),
    });
  }
});
