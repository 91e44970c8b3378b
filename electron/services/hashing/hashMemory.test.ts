import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";

// Other tests of this process have loaded these modules already.
vi.resetModules();
vi.doMock("../files/regularFile.ts", async (original) => {
  const real = await original<typeof import("../files/regularFile.ts")>();
  return { ...real, streamRegular: vi.fn(real.streamRegular) };
});
const { streamRegular } = await import("../files/regularFile.ts");
afterAll(() => {
  vi.doUnmock("../files/regularFile.ts");
  vi.resetModules();
});

let folder: string;
let userData: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright hashes "));
  userData = path.join(folder, "user data");
  file = path.join(folder, "base.gguf");
  await writeFile(file, "one");
});
afterEach(() => rm(folder, { recursive: true }));

const later = () => Date.now() + 60_000;

/** Hashes `of` in a process that was just started. Returns the hash and how often the content was read. */
async function inNewProcess(of: string, options: { now?: () => number; fewestBytes?: number } = {}) {
  vi.resetModules();
  const { createHashMemory } = await import("./hashMemory.ts");
  const { sha256 } = await import("./hashing.ts");
  const { createFileLayer } = await import("../files/fileLayer.ts");
  const waits: number[] = [];
  const memory = createHashMemory({
    files: createFileLayer(),
    userData,
    now: later,
    wait: async (milliseconds) => waits.push(milliseconds),
    fewestBytes: 1,
    ...options,
  });
  vi.mocked(streamRegular).mockClear();
  const sum = await memory.sha256OfFile(of);
  const text = await readFile(of, "utf8");
  return { right: sum === sha256(text), reads: vi.mocked(streamRegular).mock.calls.length, waits };
}

it("an unchanged file is read once, across starts of the program", async () => {
  expect(await inNewProcess(file)).toEqual({ right: true, reads: 1, waits: [] });
  expect(await inNewProcess(file)).toEqual({ right: true, reads: 0, waits: [] });
});

it("other content of the same size and time is read again", async () => {
  await inNewProcess(file);
  const { atime, mtime } = await stat(file);
  await writeFile(file, "two");
  await utimes(file, atime, mtime);
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 1 });
});

it("another file moved to the same path is read again", async () => {
  await inNewProcess(file);
  const { atime, mtime } = await stat(file);
  const other = path.join(folder, "other.gguf");
  await writeFile(other, "two");
  await utimes(other, atime, mtime);
  await rename(other, file);
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 1 });
});

it("a memory beside the file, or of another path, isn't trusted", async () => {
  await inNewProcess(file);
  const [name = ""] = await readdir(path.join(userData, "hashes"));
  const foreign = path.join(folder, "downloads");
  await mkdir(foreign);
  const copy = path.join(foreign, "base.gguf");
  await link(file, copy);
  const text = await readFile(path.join(userData, "hashes", name), "utf8");
  for (const beside of [`${copy}.sha256`, `${copy}.sha256.json`, path.join(foreign, name)]) {
    await writeFile(beside, text);
  }
  expect(await inNewProcess(copy)).toMatchObject({ right: true, reads: 1 });
});

it("a link is remembered as the file it leads to", async () => {
  await inNewProcess(file);
  const linked = path.join(folder, "linked.gguf");
  await symlink(file, linked);
  expect(await inNewProcess(linked)).toMatchObject({ right: true, reads: 0 });
});

it("a damaged memory costs one more reading", async () => {
  await inNewProcess(file);
  const [name = ""] = await readdir(path.join(userData, "hashes"));
  await writeFile(path.join(userData, "hashes", name), "{");
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 1 });
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 0 });
});

it("a file that was just written is remembered once its times have settled", async () => {
  const { ctimeMs } = await stat(file);
  const found = await inNewProcess(file, { now: () => ctimeMs + 500 });
  expect(found).toEqual({ right: true, reads: 1, waits: [1500] });
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 0 });
});

it("a file from the future is never remembered", async () => {
  const { ctimeMs } = await stat(file);
  const now = () => ctimeMs - 60_000;
  expect(await inNewProcess(file, { now })).toEqual({ right: true, reads: 1, waits: [] });
  expect(await inNewProcess(file, { now })).toMatchObject({ right: true, reads: 1 });
});

it("an unwritable folder only costs time", async () => {
  await writeFile(userData, "a file, not a folder");
  expect(await inNewProcess(file)).toMatchObject({ right: true, reads: 1 });
});

it("a small file isn't remembered", async () => {
  expect(await inNewProcess(file, { fewestBytes: 100 })).toMatchObject({ right: true, reads: 1 });
  await expect(readdir(userData)).rejects.toThrow("ENOENT");
});
