import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "./fileLayer.ts";
import { readRegularSync, streamRegular } from "./regularFile.ts";

const files = createFileLayer();
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "regular "));
  await mkdir(at("folder"));
  execFileSync("mkfifo", [at("pipe")]);
  await symlink("/dev/zero", at("zeros"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function streamed(file: string): Promise<void> {
  for await (const chunk of streamRegular(file)) expect(chunk).toBeDefined();
}

const opening: Record<string, (file: string) => Promise<unknown>> = {
  read: (file) => files.read(file),
  readPart: (file) => files.readPart(file, 0, 10),
  appendLine: (file) => files.appendLine(file, "x"),
  appendText: (file) => files.appendText(file, "x"),
  copy: (file) => files.copy(file, at("copy")),
  streamRegular: streamed,
  readRegularSync: async (file) => readRegularSync(file),
};

describe.skipIf(process.platform === "win32")("what is not a regular file", () => {
  it.each(Object.keys(opening))("is refused at once by %s: a named pipe and a device", async (how) => {
    for (const name of ["pipe", "zeros"])
      await expect(opening[how]?.(at(name))).rejects.toMatchObject({
        code: "bad-value",
        message: expect.stringMatching(/is a .*, not a file$/),
      });
  });

  it("is named: a folder", async () => {
    await expect(files.read(at("folder"))).rejects.toMatchObject({
      code: "bad-value",
      message: `${at("folder")} is a folder, not a file`,
    });
  });
});
