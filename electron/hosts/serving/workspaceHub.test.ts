import { mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { guardedPrimitives } from "../../services/files/guardedPrimitives.ts";
import { realPrimitives } from "../../services/files/primitives.ts";
import { createHostService } from "../../services/host/hostService.ts";
import { createKnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { initWorkspace } from "../../services/workspace/workspace.ts";
import { nodePlatform } from "../node/nodePlatform.ts";
import { createWorkspaceHub, type WorkspaceHub } from "./workspaceHub.ts";

let folder: string;
let hub: WorkspaceHub;
let host: ReturnType<typeof createHostService>;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "workspace hub ")));
  for (const name of ["study", "other", "sample"]) await initWorkspace(createFileLayer(), at(name), { name });
  const real = nodePlatform("browser");
  const platform = { ...real, paths: { ...real.paths, userData: at("user"), sample: at("sample") } };
  const files = createFileLayer(
    guardedPrimitives(realPrimitives, { writable: () => [...hub.folders(), at("user")] }),
  );
  // The workspaces that another host remembered are outside the folders of this one.
  const known = createKnownWorkspaces(createFileLayer(), at("user"), () => new Date(0));
  const about = { host: "browser", version: "0", platform: "linux" } as const;
  host = createHostService({
    files: createFileLayer(),
    paths: platform.paths,
    known,
    about,
    roots: () => [],
  });
  hub = createWorkspaceHub({ platform, files, known, host, folder: at("study"), onRecovered: () => {} });
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a workspace that fails to open", () => {
  it("doesn't grant access to its folder", async () => {
    const { id } = await host.openWorkspace(at("other"));
    await writeFile(at("other/namewright.json"), "{}");
    await expect(hub.open(id)).rejects.toMatchObject({ code: "bad-value" });
    expect(hub.folders()).toEqual([at("study")]);
    await rm(at("other/namewright.json"));
    await expect(hub.open(id)).rejects.toMatchObject({ code: "missing" });
    expect(hub.folders()).toEqual([at("study")]);
  });
});

describe("a workspace under two names", () => {
  it("opens once, with one set of services", async () => {
    await symlink(at("study"), at("link"));
    const { id } = await host.openWorkspace(at("link"));
    expect(id).toBe(hub.first);
    const both = await Promise.all([hub.open(hub.first), hub.open(id)]);
    expect(both[0]).toBe(both[1]);
  });

  it("opens once also if it was remembered by a link", async () => {
    const { id } = await host.openWorkspace(at("other"));
    await symlink(at("other"), at("link"));
    const known = createKnownWorkspaces(createFileLayer(), at("user"), () => new Date(0));
    const byLink = await known.remember(at("link"), "other");
    expect(byLink).not.toBe(id);
    expect(await hub.open(byLink)).toBe(await hub.open(id));
    expect(hub.opened().map((one) => one.id)).toEqual([id]);
  });

  it("is recognized as the read-only sample under any name", async () => {
    await symlink(at("sample"), at("link"));
    const { id } = await host.openWorkspace(at("link"));
    const { services } = await hub.open(id);
    expect(await services.workspaces.info()).toMatchObject({ sample: true });
  });
});
