import { mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { sha256, sha256OfFile } from "./hashing.ts";

it("tells other bytes of the same size and time", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "namewright hash "));
  const file = path.join(folder, "adapter.gguf");
  await writeFile(file, "one");
  expect(await sha256OfFile(file)).toBe(sha256("one"));
  const { atime, mtime } = await stat(file);
  await writeFile(file, "two");
  await utimes(file, atime, mtime);
  expect(await sha256OfFile(file)).toBe(sha256("two"));
  await rm(folder, { recursive: true });
});
