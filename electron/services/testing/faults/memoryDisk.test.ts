import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { mulberry32, type Random } from "../../../../shared/domain/random.ts";
import { type Primitives, realPrimitives, systemCode } from "../../files/primitives.ts";
import { MemoryDisk } from "./memoryDisk.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (of: string) => new TextEncoder().encode(of);

/** Runs a random operation on a few names, the same on each disk, and describes its outcome. */
function operation(random: Random, step: number): (disk: Primitives, root: string) => Promise<string> {
  const pick = (from: readonly string[]) => from[Math.floor(random.next() * from.length)] as string;
  const places = ["a", "b", "f", "f/a", "f/b"];
  const [one, folder] = [pick(places), pick(["f", "g"])];
  const other = path.join(path.dirname(one), pick(["a", "b", "f"]));
  const kind = pick([
    "create",
    "append",
    "read",
    "last",
    "list",
    "folder",
    "rename",
    "link",
    "unlink",
    "rmdir",
    "copy",
  ]);
  return async (disk, root) => {
    const at = (name: string) => path.join(root, name);
    const writing = async (opening: ReturnType<Primitives["create"]>) => {
      const file = await opening;
      await file.write(bytes(`${step};`));
      await file.close();
      return "written";
    };
    const work: Record<string, () => Promise<unknown>> = {
      create: () => writing(disk.create(at(one))),
      append: () => writing(disk.openToAppend(at(one))),
      read: async () =>
        `${text(await disk.read(at(one)))} ${await disk.size(at(one))} ${await disk.exists(at(other))}`,
      last: () => disk.lastByte(at(one)),
      list: async () => `${await disk.isFolder(at(folder))} ${(await disk.list(at(folder))).sort()}`,
      folder: () => disk.makeFolder(at(folder)),
      rename: () => disk.rename(at(one), at(other)),
      link: () => disk.link(at(one), at(other)),
      unlink: () => disk.removeFile(at(one)),
      rmdir: () => disk.removeFolder(at(folder)),
      copy: () => disk.copyFile(at(one), at(other)),
    };
    const outcome = await (work[kind] as () => Promise<unknown>)().then(String, systemCode);
    return `${kind} ${one} ${other} ${folder}: ${outcome}`;
  };
}

/** Error codes that differ between systems. */
const plain = (outcome: string) =>
  outcome.replace(/E(ISDIR|PERM|EXIST|NOTEMPTY)$/, "taken").replace("ENOTDIR", "ENOENT");

it("behaves like the real disk in random sequences", { timeout: 30_000 }, async () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const random = mulberry32(seed);
    const root = await mkdtemp(path.join(tmpdir(), "namewright disk "));
    const memory = new MemoryDisk();
    let folder = "";
    for (const name of root.split("/").slice(1)) {
      folder += `/${name}`;
      await memory.primitives.makeFolder(folder);
    }
    for (let step = 1; step <= 60; step += 1) {
      const act = operation(random, step);
      const real = plain(await act(realPrimitives, root));
      expect(plain(await act(memory.primitives, root)), `seed ${seed}, step ${step}`).toBe(real);
    }
    await rm(root, { recursive: true, force: true });
  }
});

it("keeps synced bytes after a power cut, and a prefix of the rest", async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 60; seed += 1) {
    const disk = new MemoryDisk();
    const file = await disk.primitives.create("/d");
    await file.write(bytes("durable"));
    await file.sync();
    await disk.primitives.syncFolder("/");
    await file.write(bytes("XYZ"));
    const unnamed = await disk.primitives.create("/new");
    await unnamed.sync();
    disk.cutPower(mulberry32(seed));
    const left = text(await disk.primitives.read("/d"));
    expect(left).toMatch(/^durable(X?|XY|XYZ)\0*$/);
    seen.add(`${left} ${await disk.primitives.exists("/new")}`);
  }
  // Every outcome occurs: lost, torn and complete files, with and without a name.
  expect([...seen].some((one) => one.startsWith("durable "))).toBe(true);
  expect([...seen].some((one) => one.startsWith("durableXYZ"))).toBe(true);
  expect([...seen].some((one) => one.includes("\0"))).toBe(true);
  expect([...seen].some((one) => one.endsWith("false"))).toBe(true);
  expect([...seen].some((one) => one.endsWith("true"))).toBe(true);
});
