import { mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";

// Other tests of this process have loaded both modules already.
vi.resetModules();
vi.doMock("../files/regularFile.ts", async (original) => {
  const real = await original<typeof import("../files/regularFile.ts")>();
  return { ...real, streamRegular: vi.fn(real.streamRegular) };
});
const { streamRegular } = await import("../files/regularFile.ts");
const { rememberedFiles, sha256, sha256OfFile } = await import("./hashing.ts");
afterAll(() => {
  vi.doUnmock("../files/regularFile.ts");
  vi.resetModules();
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright hash "));
  vi.mocked(streamRegular).mockClear();
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

it("sha256OfFile detects other bytes of the same size and time", async () => {
  const file = await put("adapter.gguf", "one");
  expect(await sha256OfFile(file)).toBe(sha256("one"));
  const { atime, mtime } = await stat(file);
  await writeFile(file, "two");
  await utimes(file, atime, mtime);
  expect(await sha256OfFile(file)).toBe(sha256("two"));
});

it("sha256OfFile reads an unchanged file once", async () => {
  const file = await put("adapter.gguf", "one");
  expect(await Promise.all([sha256OfFile(file), sha256OfFile(file)])).toEqual([sha256("one"), sha256("one")]);
  expect(streamRegular).toHaveBeenCalledTimes(1);
});

it("sha256OfFile reads a file again after a failed read", async () => {
  const file = await put("adapter.gguf", "one");
  vi.mocked(streamRegular).mockImplementationOnce(() => {
    throw new Error("EIO: i/o error, read");
  });
  await expect(sha256OfFile(file)).rejects.toThrow("EIO");
  expect(await sha256OfFile(file)).toBe(sha256("one"));
});

it("sha256OfFile forgets the file used least recently once it remembers too many", async () => {
  const [first, second] = [await put("first", "one"), await put("second", "two")];
  await sha256OfFile(first);
  await sha256OfFile(second);
  for (let at = 0; at < rememberedFiles - 1; at += 1) {
    await sha256OfFile(await put(`other ${at}`, String(at)));
    await sha256OfFile(second);
  }
  vi.mocked(streamRegular).mockClear();
  await sha256OfFile(second);
  expect(streamRegular).not.toHaveBeenCalled();
  await sha256OfFile(first);
  expect(streamRegular).toHaveBeenCalledTimes(1);
});
