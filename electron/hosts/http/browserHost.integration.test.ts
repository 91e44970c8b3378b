import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { link, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Contract } from "../../../shared/contract/index.ts";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { initWorkspace } from "../../services/workspace/workspace.ts";

const rows = "description,suggestions\nA bakery,[]\n";
let folder: string;
let host: ChildProcess;
let origin: string;
let token: string;
let socket: WebSocket;
let client: ContractRouterClient<Contract>;
const home = (name: string) => path.join(folder, "home", name);
const study = (name: string) => home(`study/${name}`);

/** Starts the real host with a home folder of this test's. @returns what it prints first */
function started(): Promise<string> {
  const main = path.join(import.meta.dirname, "main.ts");
  host = spawn(process.execPath, [main, "--no-open", "--workspace", home("study")], {
    cwd: folder,
    env: { ...process.env, HOME: home(""), NAMEWRIGHT_DATA_DIR: home(".local/share/namewright") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    host.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("\n")) resolve(said);
    });
    host.on("exit", (code) => reject(new Error(`the host ended with ${code}`)));
  });
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "browser host ")));
  for (const name of [".ssh", ".config", "notes"]) await mkdir(home(name), { recursive: true });
  await writeFile(home(".ssh/id_rsa"), "secret");
  await writeFile(home(".bashrc"), "mine");
  await writeFile(home("notes/mine.csv"), rows);
  await initWorkspace(createFileLayer(), home("study"), { name: "study" });
  await mkdir(study("data"));
  await writeFile(study("data/dataset_v1.csv"), rows);
  await writeFile(study(".env"), "OPENAI_API_KEY=secret");
  await link(study(".env"), study("data/env.csv"));
  await symlink(home(".ssh/id_rsa"), study("data/key.csv"));
  await symlink("../../.bashrc", study("data/model_v1-results.csv"));
  for (const at of [1, 2, 3, 4, 5, 6]) execFileSync("mkfifo", [study(`data/pipe_${at}.csv`)]);
  const [, address, secret] = /at (http:\/\/[^/]+)\/#token=(\S+)/.exec(await started()) ?? [];
  [origin, token] = [address ?? "", secret ?? ""];
  socket = new WebSocket(`${origin.replace("http", "ws")}/rpc`, ["namewright", `token.${token}`], {
    headers: { origin },
  });
  await new Promise((resolve) => socket.on("open", resolve));
  client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
});
afterAll(async () => {
  socket?.terminate();
  host?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const failing = (code: string, words: string) => ({
  data: { code, message: expect.stringContaining(words) },
});

describe.skipIf(process.platform === "win32")("the browser host", () => {
  it("lists the home folder without hidden files, also through a link", async () => {
    const download = async (file: string) => {
      const target = `${origin}/download?path=${encodeURIComponent(file)}`;
      return (await fetch(target, { headers: { origin, "x-namewright-token": token } })).status;
    };
    expect(await download(home("notes/mine.csv"))).toBe(200);
    for (const file of [home(".ssh/id_rsa"), home(".bashrc"), study("data/key.csv"), study("data/env.csv")])
      expect(await download(file)).toBe(404);
    await expect(client.host.browse({ folder: home(".ssh"), purpose: "csv" })).rejects.toMatchObject(
      failing("bad-value", "outside the folders"),
    );
  });

  it("doesn't create files outside of workspaces", async () => {
    const file = study("data/dataset_v1.csv");
    for (const out of [home(".config/x.desktop"), home("x.csv")])
      await expect(client.dataset.exportSpreadsheet({ file, out })).rejects.toMatchObject({
        data: { code: "bad-value", hint: expect.stringContaining("--allow DIR") },
      });
    await expect(
      client.dataset.exportSpreadsheet({ file, out: home(".local/share/namewright/python/x.pth") }),
    ).rejects.toMatchObject(failing("bad-value", "own data folder"));
    expect(await readdir(home(".config"))).toEqual([]);
    await client.dataset.exportSpreadsheet({ file, out: study("export.csv") });
    expect(await readFile(study("export.csv"), "utf8")).toContain("A bakery");
  });

  it("creates a workspace on request, but not in the home folder itself or in a hidden folder", async () => {
    const { id } = await client.host.createWorkspace({ folder: home("new/study"), from: "dataset" });
    expect(id).toMatch(/\w/);
    expect(await readdir(home("new/study"))).toContain("namewright.json");
    for (const place of [home("."), home(".config/study")])
      await expect(client.host.createWorkspace({ folder: place, from: "dataset" })).rejects.toMatchObject({
        data: { code: "bad-value" },
      });
  });

  it("refuses to start an evaluation whose results would go through a link", async () => {
    const start = client.evaluation.start({ version: "v1" });
    await expect(start).rejects.toMatchObject(failing("bad-value", "is a symbolic link to"));
    expect(await readFile(home(".bashrc"), "utf8")).toBe("mine");
  });

  it("answers while six named pipes are read", async () => {
    const pipes = [1, 2, 3, 4, 5, 6].map((at) =>
      client.dataset.stats({ file: study(`data/pipe_${at}.csv`) }),
    );
    const answers = await Promise.allSettled(pipes);
    for (const answer of answers)
      expect(answer).toMatchObject({ reason: failing("bad-value", "is a named pipe, not a file") });
    expect((await client.run.list()).runs).toEqual([]);
    expect((await fetch(`${origin}/token-is-good`)).status).toBe(200);
  });
});
