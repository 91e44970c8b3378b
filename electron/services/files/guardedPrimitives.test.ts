import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "./fileLayer.ts";
import { guardedPrimitives, isWithin } from "./guardedPrimitives.ts";
import { realPrimitives } from "./primitives.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "guarded-"));
  await mkdir(path.join(folder, "data"));
  await mkdir(path.join(folder, "data-secret"));
  await writeFile(path.join(folder, "data-secret", "key"), "secret");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const layer = () =>
  createFileLayer(guardedPrimitives(realPrimitives, { writable: () => [path.join(folder, "data")] }));
const outside = { code: "bad-value", message: expect.stringContaining("outside the folders") };

it("guarded primitives allow paths in a root, including new folders", async () => {
  const file = path.join(folder, "data", "new", "a.csv");
  await layer().writeAtomic(file, "x");
  expect(await layer().readText(file)).toBe("x");
});

it("refuses a sibling whose name begins alike, and a path that climbs out", async () => {
  await expect(layer().read(path.join(folder, "data-secret", "key"))).rejects.toMatchObject(outside);
  const climbing = `${path.join(folder, "data")}/../data-secret/key`;
  await expect(layer().read(climbing)).rejects.toMatchObject(outside);
  await expect(layer().writeAtomic(climbing, "mine")).rejects.toMatchObject(outside);
  expect(await readFile(path.join(folder, "data-secret", "key"), "utf8")).toBe("secret");
});

it("follows links before it judges, for reading and for writing", async () => {
  await symlink(path.join(folder, "data-secret"), path.join(folder, "data", "link"));
  const through = path.join(folder, "data", "link", "key");
  await expect(layer().read(through)).rejects.toMatchObject(outside);
  await expect(layer().appendLine(through, "more")).rejects.toMatchObject(outside);
  await expect(layer().copy(through, path.join(folder, "data", "copy"))).rejects.toMatchObject(outside);
});

it("follows a link to what is not there: nothing is made through it outside, what is inside may be", async () => {
  const data = (name: string) => path.join(folder, "data", name);
  await symlink(path.join(folder, "data-secret", "new"), data("out"));
  await symlink("out", data("out-by-another"));
  await symlink("not-there-yet", data("in"));
  for (const through of [data("out"), data("out-by-another"), path.join(data("out"), "deeper")]) {
    await expect(layer().appendText(through, "mine")).rejects.toMatchObject(outside);
    await expect(layer().exists(through)).rejects.toMatchObject(outside);
  }
  expect(await readdir(path.join(folder, "data-secret"))).toEqual(["key"]);
  await layer().appendText(data("in"), "mine");
  expect(await readFile(data("not-there-yet"), "utf8")).toBe("mine");
});

it("guarded primitives refuse a loop of links", async () => {
  await symlink("two", path.join(folder, "data", "one"));
  await symlink("one", path.join(folder, "data", "two"));
  const through = path.join(folder, "data", "one");
  await expect(layer().appendText(through, "mine")).rejects.toMatchObject({ code: "bad-value" });
});

it("guarded primitives refuse a .env, also through a link", async () => {
  await writeFile(path.join(folder, "data", ".env"), "OPENAI_API_KEY=secret");
  await symlink(path.join(folder, "data", ".env"), path.join(folder, "data", "names.csv"));
  for (const name of [".env", "names.csv"]) {
    await expect(layer().read(path.join(folder, "data", name))).rejects.toMatchObject({ code: "bad-value" });
  }
});

it("counts whole segments of a path", () => {
  expect(isWithin("/data", "/data")).toBe(true);
  expect(isWithin("/data", "/data/..hidden/x")).toBe(true);
  expect(isWithin("/data", "/data-secret")).toBe(false);
  expect(isWithin("/data", "/")).toBe(false);
});
