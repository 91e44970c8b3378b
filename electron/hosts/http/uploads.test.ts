import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { identityTag, ownIdentity } from "../../services/run/processIdentity.ts";
import { ownUploadFolder, refusalOf } from "./uploads.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "uploads-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("a full disk is told as one, with its cause; what else ends an upload was its sender", () => {
  const full = Object.assign(new Error("write"), { code: "ENOSPC" });
  const refused = refusalOf(full, "rows.csv");
  expect(refused).toMatchObject({ status: 507, cause: full });
  expect(refused.message).toBe("no space is left on the disk to write rows.csv");
  const aborted = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  expect(refusalOf(aborted, "rows.csv")).toMatchObject({ status: 400, message: "the upload was cut off" });
});

it("what a host that was killed had been sent is removed at the next start, a living one's is not", async () => {
  const own = await ownIdentity();
  const killed = identityTag({ ...own, startedAt: "another start" });
  const living = identityTag({ ...own, pid: process.ppid, host: "another machine" });
  for (const name of [killed, living]) {
    await mkdir(path.join(folder, name, "id"), { recursive: true });
    await writeFile(path.join(folder, name, "id", "rows.csv"), "rows");
  }
  expect(await ownUploadFolder(folder)).toBe(path.join(folder, identityTag(own)));
  expect(existsSync(path.join(folder, killed))).toBe(false);
  expect(existsSync(path.join(folder, living, "id", "rows.csv"))).toBe(true);
  expect(await ownUploadFolder(path.join(folder, "none yet"))).toContain("none yet");
});
