import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { chooseHost, electronBinary } from "./chooseHost.mjs";

const machine = {
  words: [],
  binary: "/electron",
  env: { DISPLAY: ":0" },
  platform: "linux",
  uid: 1000,
};

it("selects the desktop if possible, with or without a named workspace", () => {
  expect(chooseHost(machine)).toEqual({ host: "desktop", binary: "/electron" });
  expect(chooseHost({ ...machine, words: ["--workspace", "study"] }).host).toBe("desktop");
  expect(chooseHost({ ...machine, env: { WAYLAND_DISPLAY: "wayland-0" } }).host).toBe("desktop");
  expect(chooseHost({ ...machine, env: {}, platform: "darwin" }).host).toBe("desktop");
});

it("names the option that selects the browser", () => {
  for (const words of [["--browser"], ["--no-open"], ["--port", "8080"], ["--port=8080"], ["--help"]])
    expect(chooseHost({ ...machine, words })).toEqual({ host: "browser", reason: `${words[0]} was given` });
});

it("gives the reason for the browser, and the command that installs the binary", () => {
  expect(chooseHost({ ...machine, binary: null })).toMatchObject({
    host: "browser",
    hint: "npx install-electron",
  });
  expect(chooseHost({ ...machine, env: {} })).toMatchObject({
    reason: expect.stringContaining("no display"),
  });
  expect(chooseHost({ ...machine, uid: 0 })).toMatchObject({ reason: expect.stringContaining("root") });
});

it("finds Electron's installed binary without loading the package", () => {
  const root = mkdtempSync(path.join(tmpdir(), "namewright-electron-"));
  const folder = path.join(root, "node_modules", "electron");
  mkdirSync(path.join(folder, "dist"), { recursive: true });
  expect(electronBinary(root)).toBeNull();
  writeFileSync(path.join(folder, "path.txt"), "electron");
  expect(electronBinary(root)).toBeNull();
  writeFileSync(path.join(folder, "dist", "electron"), "");
  expect(electronBinary(root)).toBe(path.join(folder, "dist", "electron"));
  rmSync(root, { recursive: true });
});
