import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { realPrimitives } from "../files/primitives.ts";
import { tryAcquireLock } from "../lease/lockFile.mjs";
import { ownIdentity } from "../processes/processIdentity.mjs";
import { createKnownWorkspaces } from "./knownWorkspaces.ts";

const files = createFileLayer();
let userData: string;
let file: string;
beforeEach(async () => {
  userData = await mkdtemp(path.join(tmpdir(), "known workspaces "));
  file = path.join(userData, "workspaces.json");
});
afterEach(() => rm(userData, { recursive: true, force: true }));

const known = (by = files) => createKnownWorkspaces(by, userData, () => new Date(0));
const names = async () => (await known().list()).map(({ name }) => name);

describe("the known workspaces", () => {
  it("are listed once each, most recently used first", async () => {
    for (const name of ["one", "two", "one"]) await known().remember(path.join(userData, name), name);
    expect(await names()).toEqual(["one", "two"]);
    expect(await readdir(userData)).toEqual(["workspaces.json"]);
  });

  it("start over when the list is invalid", async () => {
    await writeFile(file, '[{"folder":');
    expect(await names()).toEqual([]);
    await known().remember(path.join(userData, "one"), "one");
    expect(await names()).toEqual(["one"]);
  });

  it.each(["EMFILE", "EIO"])("aren't overwritten when the list is unreadable (%s)", async (code) => {
    await known().remember(path.join(userData, "one"), "one");
    const lame = createFileLayer({
      ...realPrimitives,
      read: async (place) => {
        if (place === file) throw Object.assign(new Error(code), { code });
        return realPrimitives.read(place);
      },
    });
    await expect(known(lame).remember(path.join(userData, "two"), "two")).rejects.toMatchObject({
      code: "missing",
    });
    await expect(known(lame).list()).rejects.toMatchObject({ code: "missing" });
    expect(await names()).toEqual(["one"]);
  });

  it("keep concurrent changes of another host", async () => {
    const owner = { ...(await ownIdentity()), host: "another-machine" };
    const another = createFileLayer(realPrimitives, async () => owner);
    const lock = `${file}.lock`;
    const attempt = await tryAcquireLock(another, lock, "remember a workspace");
    if (attempt.kind !== "held") throw new Error("the lock was held already");
    const theirs = { folder: path.join(userData, "theirs"), name: "theirs", openedAt: "" };
    const waiting = {
      ...files,
      writeNew: async (place: string, data: Parameters<typeof files.writeNew>[1]) => {
        const made = await files.writeNew(place, data);
        if (place === lock && !made) {
          await writeFile(file, JSON.stringify([theirs]));
          await attempt.release();
        }
        return made;
      },
    };
    await known(waiting).remember(path.join(userData, "mine"), "mine");
    expect(await names()).toEqual(["mine", "theirs"]);
  });
});
