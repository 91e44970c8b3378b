import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  currentEnvironment,
  environmentFolder,
  environmentKey,
  pythonInside,
  requirementsHash,
  userDataFolder,
} from "./folders.mjs";
import { pythonOf } from "./pythonOf.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "namewright-folders-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("userDataFolder", () => {
  const home = path.resolve("/home/ann");
  it("follows each system's custom", () => {
    expect(userDataFolder({ env: {}, platform: "linux", home })).toBe(
      path.join(home, ".local/share/namewright"),
    );
    expect(userDataFolder({ env: {}, platform: "darwin", home })).toBe(
      path.join(home, "Library/Application Support/Namewright"),
    );
    expect(userDataFolder({ env: { LOCALAPPDATA: "/L" }, platform: "win32", home })).toBe(
      path.join("/L", "Namewright"),
    );
  });
  it("heeds XDG_DATA_HOME only where it is absolute, and NAMEWRIGHT_DATA_DIR before all", () => {
    const xdg = path.resolve("/data");
    expect(userDataFolder({ env: { XDG_DATA_HOME: xdg }, platform: "linux", home })).toBe(
      path.join(xdg, "namewright"),
    );
    expect(userDataFolder({ env: { XDG_DATA_HOME: "data" }, platform: "linux", home })).toBe(
      path.join(home, ".local/share/namewright"),
    );
    const env = { XDG_DATA_HOME: xdg, NAMEWRIGHT_DATA_DIR: path.resolve("/mine") };
    expect(userDataFolder({ env, platform: "darwin", home })).toBe(path.resolve("/mine"));
  });
});

describe("environmentKey", () => {
  const parts = { requirements: requirementsHash("torch==2.13.0\n"), python: "3.11", torch: "cpu" } as const;
  it("changes with the requirements, the Python and the build of torch", () => {
    const keys = [
      environmentKey(parts),
      environmentKey({ ...parts, requirements: requirementsHash("torch==2.14.0\n") }),
      environmentKey({ ...parts, python: "3.12" }),
      environmentKey({ ...parts, torch: "default" }),
    ];
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{12}$/);
  });
  it("does not change with the line ends that git makes on Windows", () => {
    expect(requirementsHash("a==1\r\nb==2\r\n")).toBe(requirementsHash("a==1\nb==2\n"));
  });
});

describe("currentEnvironment", () => {
  const requirements = "torch==2.13.0\n";
  const stamp = {
    requirements: requirementsHash(requirements),
    python: "3.11",
    torch: "default",
    seconds: 1,
  };
  const environment = (name: string, builtAt: string, text?: string) => {
    const place = path.join(folder, "python", name);
    mkdirSync(path.dirname(pythonInside(place)), { recursive: true });
    writeFileSync(pythonInside(place), "");
    if (text !== "")
      writeFileSync(path.join(place, ".complete"), text ?? JSON.stringify({ ...stamp, builtAt }));
    return place;
  };
  const file = () => {
    const place = path.join(folder, "requirements.txt");
    writeFileSync(place, requirements);
    return place;
  };

  it("takes the newest whole one for these very requirements", () => {
    environment("old", "2026-01-01T00:00:00.000Z");
    const wanted = environment("new", "2026-02-01T00:00:00.000Z");
    environment("cut-off", "", "");
    environment("torn", "", '{"requirements": "');
    environment("other", "", JSON.stringify({ ...stamp, requirements: "0123456789ab", builtAt: "2027" }));
    expect(currentEnvironment(folder, file())?.folder).toBe(wanted);
    expect(pythonOf({ userData: folder, resources: folder })).toBe(pythonInside(wanted));
  });

  it("is none, with what to do, where nothing whole is there", () => {
    environment("cut-off", "", "");
    expect(currentEnvironment(folder, file())).toBeNull();
    expect(() => pythonOf({ userData: folder, resources: folder })).toThrow(
      expect.objectContaining({ code: "missing", hint: expect.stringContaining("npm run setup") }),
    );
  });

  it("does not count an environment whose interpreter is gone", () => {
    const place = environment("x", "2026-01-01T00:00:00.000Z");
    rmSync(pythonInside(place));
    expect(currentEnvironment(folder, file())).toBeNull();
    expect(environmentFolder(folder, { requirements: "a", python: "3.11", torch: "cpu" })).toContain(folder);
  });
});
