import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { identityTag, ownIdentity } from "../../services/processes/processIdentity.mjs";
import { createUploads, ownUploadFolder, refusalOf } from "./uploads.ts";

/** A request as far as an upload looks at it. */
function sent(body: string | Readable): IncomingMessage {
  const stream = typeof body === "string" ? Readable.from([Buffer.from(body)]) : body;
  const headers = { "content-type": "application/octet-stream" };
  return Object.assign(stream, { headers, setTimeout: () => stream }) as unknown as IncomingMessage;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "uploads-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("refusalOf reports a full disk with its cause, and blames the sender for other errors", () => {
  const full = Object.assign(new Error("write"), { code: "ENOSPC" });
  const refused = refusalOf(full, "rows.csv");
  expect(refused).toMatchObject({ status: 507, cause: full });
  expect(refused.message).toBe("the disk is full: couldn't write rows.csv");
  const aborted = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  expect(refusalOf(aborted, "rows.csv")).toMatchObject({
    status: 400,
    message: "the upload was interrupted",
  });
});

it("ownUploadFolder removes uploads of killed hosts and keeps those of running ones", async () => {
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

const ids = ["aaaaaaaa", "bbbbbbbb", "cccccccc"] as const;

it("a refused or interrupted upload leaves no folder", async () => {
  const uploads = createUploads(folder, 10);
  await expect(uploads.receive(ids[0], "a.csv", sent("more than ten bytes"))).rejects.toMatchObject({
    status: 413,
  });
  const cut = sent(
    new Readable({
      read() {
        this.destroy(new Error("aborted"));
      },
    }),
  );
  await expect(uploads.receive(ids[1], "a.csv", cut)).rejects.toMatchObject({ status: 400 });
  expect(await readdir(folder)).toEqual([]);
});

it("an existing upload keeps its folder when a second one is refused", async () => {
  const uploads = createUploads(folder);
  const file = await uploads.receive(ids[0], "a.csv", sent("abc"));
  await expect(uploads.receive(ids[0], "a.csv", sent("other"))).rejects.toMatchObject({ status: 409 });
  expect(existsSync(file)).toBe(true);
});

it("uploads are limited in total, and a refused one doesn't count", async () => {
  const uploads = createUploads(folder, 10, 60_000, 12);
  await uploads.receive(ids[0], "a.csv", sent("12345678"));
  await expect(uploads.receive(ids[1], "a.csv", sent("12345678"))).rejects.toMatchObject({ status: 507 });
  await uploads.receive(ids[2], "a.csv", sent("1234"));
  expect((await readdir(folder)).sort()).toEqual([ids[0], ids[2]]);
});
