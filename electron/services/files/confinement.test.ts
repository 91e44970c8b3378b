import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer, type FileLayer } from "./fileLayer.ts";
import { holdFolder } from "./heldFolder.ts";
import { type Primitives, realPrimitives } from "./primitives.ts";

let folder: string;
let files: FileLayer;
const at = (name: string) => path.join(folder, name);
const inside = (name: string) => path.join(folder, "study", name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "confinement "));
  await mkdir(inside("data"), { recursive: true });
  await mkdir(at("home"));
  await writeFile(inside("namewright.json"), "{}");
  await writeFile(at("home/.bashrc"), "mine");
  files = createFileLayer();
  await files.confine(at("study"), "namewright.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const isLink = { code: "bad-value", message: expect.stringContaining("is a symbolic link to") };

/** Every way to write something at a path or below it. */
const writes: Record<string, (file: string) => Promise<unknown>> = {
  writeAtomic: (file) => files.writeAtomic(file, "x"),
  appendLine: (file) => files.appendLine(file, "x"),
  appendText: (file) => files.appendText(file, "x"),
  appendBytes: (file) => files.appendBytes(file, (async function* () {})()),
};

describe("a link in the place of a file", () => {
  it.each(Object.keys(writes))("is refused by %s, and what it leads to is unchanged", async (how) => {
    await symlink("../../home/.bashrc", inside("data/results.csv"));
    await expect(writes[how]?.(inside("data/results.csv"))).rejects.toMatchObject({
      code: "bad-value",
      message: `data/results.csv is a symbolic link to ${at("home/.bashrc")}. Namewright writes only to real files inside the workspace.`,
      hint: expect.stringContaining("Delete the link"),
    });
    expect(await readFile(at("home/.bashrc"), "utf8")).toBe("mine");
    expect(await readdir(inside("data"))).toEqual(["results.csv"]);
  });

  it.each(Object.keys(writes))("is refused by %s when its target doesn't exist", async (how) => {
    await symlink(at("home/new"), inside("data/results.csv"));
    await expect(writes[how]?.(inside("data/results.csv"))).rejects.toMatchObject(isLink);
    expect(await readdir(at("home"))).toEqual([".bashrc"]);
  });

  it("is followed for a file that the user chose to edit", async () => {
    await symlink(at("home/.bashrc"), inside("data/results.csv"));
    await files.writeAtomic(inside("data/results.csv"), "edited", { throughLink: true });
    expect(await readFile(at("home/.bashrc"), "utf8")).toBe("edited");
    expect((await lstat(inside("data/results.csv"))).isSymbolicLink()).toBe(true);
  });

  it("is removed and renamed itself, never its target", async () => {
    await mkdir(inside("runs"));
    await symlink(at("home"), inside("runs/one"));
    await files.rename(inside("runs/one"), inside("runs/two"));
    await files.remove(inside("runs/two"));
    expect(await readdir(inside("runs"))).toEqual([]);
    expect(await readdir(at("home"))).toEqual([".bashrc"]);
  });
});

describe("a link in the place of a folder", () => {
  const all: typeof writes = {
    ...writes,
    writeNew: (file) => files.writeNew(file, "x"),
    makeFolder: (file) => files.makeFolder(file),
    copy: (file) => files.copy(inside("namewright.json"), file),
    rename: (file) => files.rename(inside("namewright.json"), file),
  };

  it.each(Object.keys(all))("is refused by %s", async (how) => {
    await symlink(at("home"), inside("images"));
    await expect(all[how]?.(inside("images/new"))).rejects.toMatchObject({
      ...isLink,
      message: expect.stringContaining(`images is a symbolic link to ${at("home")}.`),
    });
    expect(await readdir(at("home"))).toEqual([".bashrc"]);
  });

  it("is refused by remove, which deletes nothing behind it", async () => {
    await symlink(at("home"), inside("images"));
    await expect(files.remove(inside("images/.bashrc"))).rejects.toMatchObject(isLink);
    expect(await readFile(at("home/.bashrc"), "utf8")).toBe("mine");
  });

  it("is refused when its target doesn't exist", async () => {
    await symlink(at("home/made"), inside("images"));
    await expect(files.writeAtomic(inside("images/new"), "x")).rejects.toMatchObject(isLink);
    expect(await readdir(at("home"))).toEqual([".bashrc"]);
  });

  it("may lead to the workspace itself", async () => {
    await symlink(at("study"), at("link"));
    const linked = createFileLayer();
    await linked.confine(at("link"), "namewright.json");
    await linked.writeAtomic(at("link/data/a.csv"), "x");
    expect(await readFile(inside("data/a.csv"), "utf8")).toBe("x");
    await symlink(at("home"), inside("images"));
    await expect(linked.writeAtomic(inside("images/new"), "x")).rejects.toMatchObject(isLink);
    await expect(linked.writeAtomic(at("link/images/new"), "x")).rejects.toMatchObject(isLink);
  });

  it("outside the workspace is followed", async () => {
    await symlink(at("home"), at("elsewhere"));
    await files.writeAtomic(at("elsewhere/report.html"), "x");
    expect(await readFile(at("home/report.html"), "utf8")).toBe("x");
  });
});

describe("a folder that becomes a link between the check and the use", () => {
  /** Puts a link in the place of data/ as soon as the folder is in hand. */
  function swapping(opened?: string): Primitives {
    return {
      ...realPrimitives,
      holdFolder: async (place) => {
        const held = await holdFolder(place, opened);
        if (place === inside("data")) {
          await rename(inside("data"), inside("moved"));
          await symlink(at("home"), inside("data"));
        }
        return held;
      },
    };
  }

  it.skipIf(process.platform !== "linux")("redirects no write on Linux", async () => {
    files = createFileLayer(swapping());
    await files.confine(at("study"), null);
    await files.appendText(inside("data/a.txt"), "x");
    expect(await readdir(at("home"))).toEqual([".bashrc"]);
    expect(await readFile(inside("moved/a.txt"), "utf8")).toBe("x");
  });

  it("is detected on other systems before anything is written through it", async () => {
    files = createFileLayer(swapping(at("no proc here")));
    await files.confine(at("study"), null);
    await symlink(at("home/.bashrc"), at("home/a.txt"));
    await expect(files.appendText(inside("data/a.txt"), "x")).rejects.toMatchObject({ code: "bad-value" });
    expect(await readFile(at("home/.bashrc"), "utf8")).toBe("mine");
  });
});

describe("a workspace that is gone", () => {
  const isGone = { code: "missing", message: expect.stringContaining("is gone") };

  it.each(Object.keys(writes))("isn't recreated by %s", async (how) => {
    await rename(at("study"), at("moved"));
    await expect(writes[how]?.(inside("runs/one/file"))).rejects.toMatchObject(isGone);
    expect(await readdir(folder)).toEqual(["home", "moved"]);
  });

  it("leaves an empty mount point, in which nothing is created", async () => {
    await rename(at("study"), at("moved"));
    await mkdir(at("study"));
    await expect(files.writeAtomic(inside("runs/one/file"), "x")).rejects.toMatchObject(isGone);
    expect(await readdir(at("study"))).toEqual([]);
  });

  it("is writable again after it comes back", async () => {
    await rename(at("study"), at("moved"));
    await rename(at("moved"), at("study"));
    await files.writeAtomic(inside("runs/one/file"), "x");
    expect(await readFile(inside("runs/one/file"), "utf8")).toBe("x");
  });
});
