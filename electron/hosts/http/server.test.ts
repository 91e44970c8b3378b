import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { Contract } from "../../../shared/contract/index.ts";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { guardedPrimitives } from "../../services/files/guardedPrimitives.ts";
import { realPrimitives } from "../../services/files/primitives.ts";
import { createHostService } from "../../services/host/hostService.ts";
import { createKnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { initWorkspace } from "../../services/workspace/workspace.ts";
import { nodePlatform } from "../node/nodePlatform.ts";
import { createWorkspaceHub, type WorkspaceHub } from "../serving/workspaceHub.ts";
import { createDownloads } from "./downloads.ts";
import { type BrowserServer, createBrowserServer } from "./server.ts";
import { createUploads } from "./uploads.ts";

const token = "the-token-of-this-launch";
let folder: string;
let server: BrowserServer;
let hub: WorkspaceHub;
let port: number;
let defects: unknown[];
let recovered: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browser-host-"));
  const at = (name: string) => path.join(folder, name);
  await mkdir(at("renderer/assets"), { recursive: true });
  await writeFile(at("renderer/index.html"), "<!doctype html><title>Namewright</title>");
  await writeFile(at("renderer/assets/a-1.js"), "1");
  await writeFile(at("secret.html"), "secret");
  await symlink(at("secret.html"), at("renderer/assets/link.html"));
  await initWorkspace(createFileLayer(), at("study"), { name: "study" });
  await writeFile(at("study/data.csv"), "description,suggestions\na,[]\n");
  const real = nodePlatform("browser");
  const platform = { ...real, paths: { ...real.paths, userData: at("user") } };
  const files = createFileLayer(
    guardedPrimitives(realPrimitives, { writable: () => [at("study"), at("user"), at("uploads")] }),
  );
  const known = createKnownWorkspaces(files, at("user"), () => new Date(0));
  const about = { host: "browser", version: "0", platform: "linux" } as const;
  const host = createHostService({
    files,
    paths: platform.paths,
    known,
    about,
    roots: () => [at("study")],
  });
  defects = [];
  recovered = [];
  const onRecovered = (line: string) => recovered.push(line);
  hub = createWorkspaceHub({ platform, files, known, host, folder: at("study"), onRecovered });
  server = createBrowserServer({
    hub,
    uploads: createUploads(at("uploads"), 1000, 300),
    renderer: at("renderer"),
    token,
    downloads: createDownloads(files),
    onDefect: (error) => defects.push(error),
  });
  port = await server.listen(0);
});
afterEach(async () => {
  server.close();
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** What the server answers to these bytes, up to the end of the connection. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const parts: string[] = [];
    socket.setEncoding("utf8").on("data", (part: string) => parts.push(part));
    socket.on("error", reject).on("close", () => resolve(parts.join("")));
    socket.write(text);
  });
}

/** A request as anybody could write it, headers and path as they are. */
function ask(target: string, { method = "GET", headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const sent = request(
        { host: "127.0.0.1", port, path: target, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(body);
    },
  );
}

const ours = () => ({ origin: `http://127.0.0.1:${port}`, "x-namewright-token": token });
const upload = (headers: Record<string, string>, body: string | Buffer = "a", method = "PUT") =>
  ask("/upload/00000000-0000-0000-0000-000000000000?name=..%2F..%2Frows.csv", {
    method,
    headers: { "content-type": "application/octet-stream", ...headers },
    body,
  });

describe("the page", () => {
  it("is served with the policy for each screen's address", async () => {
    for (const target of ["/w/0123456789ab", "/w/0123456789ab/datasets", "/w/x?query=1"]) {
      const { status, headers, text } = await ask(target);
      expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining("<title>Namewright") });
      expect(headers["content-security-policy"]).toBe(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
          "font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("redirects to the first workspace", async () => {
    expect(await ask("/")).toMatchObject({
      status: 302,
      headers: { location: `/w/${hub.first}/overview`, "cache-control": "no-store" },
    });
  });

  it.each([
    "/../secret.html",
    "/assets/../../secret.html",
    "/assets/%2e%2e/%2e%2e/secret.html",
    "/..%2fsecret.html",
    "/..%5csecret.html",
    "/assets/%252e%252e/secret.html",
    "/a%00.html",
    "/assets/link.html",
    "/assets/",
    "/nothing.js",
    "//evil.example/",
    "/%",
  ])("returns 404 for %s", async (target) => {
    const { status, text } = await ask(target);
    expect(status).toBe(404);
    expect(text).not.toContain("secret");
  });

  it("can check whether its token is valid", async () => {
    const { "x-namewright-token": good } = ours();
    const asked = async (headers: Record<string, string>) => (await ask("/token-is-good", { headers })).text;
    expect(await asked({ "x-namewright-token": good })).toBe("yes");
    expect(await asked({ "x-namewright-token": good.slice(1) })).toBe("no");
    expect(await asked({})).toBe("no");
  });

  it("is refused for another host or a foreign origin", async () => {
    expect((await ask("/", { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await ask("/", { headers: { host: "localhost.:80" } })).status).toBe(403);
    expect((await ask("/", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect((await ask("/", { headers: { origin: "null" } })).status).toBe(403);
  });

  it("refuses a request with two Host headers, and an upgrade", async () => {
    const hosts = `Host: 127.0.0.1:${port}\r\nhost: evil.example`;
    for (const more of ["connection: close", "connection: upgrade\r\nupgrade: websocket"])
      expect(await raw(`GET / HTTP/1.1\r\n${hosts}\r\n${more}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("an upload", () => {
  it("is stored under its base name, whatever path the name contains", async () => {
    const { status, text } = await upload(ours(), "rows");
    expect(status).toBe(200);
    const { path: file } = JSON.parse(text) as { path: string };
    expect(path.relative(folder, file)).toBe(
      path.join("uploads", "00000000-0000-0000-0000-000000000000", "rows.csv"),
    );
    expect(await readFile(file, "utf8")).toBe("rows");
  });

  it("requires our origin and this launch's token", async () => {
    const { origin } = ours();
    expect((await upload({ "x-namewright-token": token })).status).toBe(403);
    expect((await upload({ ...ours(), origin: "http://evil.example" })).status).toBe(403);
    expect((await upload({ origin })).status).toBe(401);
    expect((await upload({ origin, "x-namewright-token": token.slice(0, -1) })).status).toBe(401);
  });

  it("must be binary, not a form that another site can send", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect((await upload({ ...ours(), "content-type": type })).status).toBe(415);
    expect((await upload(ours(), "a", "POST")).status).toBe(415);
  });

  it("is refused if its id and name exist, and keeps the earlier file", async () => {
    const { path: file } = JSON.parse((await upload(ours(), "rows")).text) as { path: string };
    expect((await upload(ours(), "other rows")).status).toBe(409);
    expect(await readFile(file, "utf8")).toBe("rows");
  });

  it("keeps the end of a name that exceeds the limit", async () => {
    const name = encodeURIComponent(`${"名".repeat(200)}.csv`);
    const { status, text } = await ask(`/upload/22222222-0000?name=${name}`, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream", ...ours() },
      body: "rows",
    });
    expect(status).toBe(200);
    const { path: file } = JSON.parse(text) as { path: string };
    expect(path.basename(file)).toMatch(/^名{65}\.csv$/);
    expect(await readFile(file, "utf8")).toBe("rows");
  });

  it("is limited in size, with or without a declared length", async () => {
    expect((await upload(ours(), Buffer.alloc(1001))).status).toBe(413);
    const streamed = await upload({ ...ours(), "transfer-encoding": "chunked" }, Buffer.alloc(5000)).catch(
      () => ({ status: 413 }),
    );
    expect(streamed.status).toBe(413);
  });

  it("times out without data and leaves no file", async () => {
    const socket = connect(port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    const { origin } = ours();
    socket.write(
      `PUT /upload/11111111-0000 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${origin}\r\n` +
        `x-namewright-token: ${token}\r\ncontent-type: application/octet-stream\r\ncontent-length: 900\r\n\r\nhalf`,
    );
    await closed;
    const left = path.join(folder, "uploads", "11111111-0000", "dropped.csv");
    await vi.waitFor(() => expect(existsSync(left)).toBe(false));
  });
});

describe("a download", () => {
  it("gives a holder of the token a ticket for one download of a workspace file", async () => {
    const target = `/download?path=${encodeURIComponent(path.join(folder, "study", "data.csv"))}`;
    const { text: ticket } = await ask(target, { headers: ours() });
    expect((await ask(`/download/${ticket}`)).text).toContain("description");
    expect((await ask(`/download/${ticket}`)).status).toBe(404);
    expect((await ask(target)).status).toBe(401);
    const outside = `/download?path=${encodeURIComponent(path.join(folder, "secret.html"))}`;
    expect((await ask(outside, { headers: ours() })).status).toBe(404);
  });
});

function open(headers: Record<string, string>, protocols: string[]): Promise<number | WebSocket> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, protocols, { headers });
    socket.on("open", () => resolve(socket));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => {});
  });
}

describe("the contract", () => {
  const protocols = ["namewright", `token.${token}`];

  async function client() {
    const socket = (await open({ origin: ours().origin }, protocols)) as WebSocket;
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    return { socket, client: createORPCClient(link) as ContractRouterClient<Contract> };
  }

  it("refuses a foreign origin, host or token before the upgrade", async () => {
    const { origin } = ours();
    expect(await open({ origin: "http://evil.example" }, protocols)).toBe(403);
    expect(await open({}, protocols)).toBe(403);
    expect(await open({ origin, host: "evil.example" }, protocols)).toBe(403);
    expect(await open({ origin }, ["namewright"])).toBe(401);
    expect(await open({ origin }, ["namewright", `token.${token.slice(0, -1)}`])).toBe(401);
  });

  it("returns results, and failures as data", async () => {
    const { client: asking, socket } = await client();
    expect((await asking.workspace.info()).config.name).toBe("study");
    await expect(asking.dataset.stats({ file: path.join(folder, "study", "no.csv") })).rejects.toMatchObject({
      code: "FAILURE",
      data: { code: "missing" },
    });
    await expect(asking.dataset.stats({ file: path.join(folder, "secret.html") })).rejects.toMatchObject({
      code: "FAILURE",
      data: { code: "bad-value", message: expect.stringContaining("outside") },
    });
    socket.terminate();
    expect(defects).toEqual([]);
  });

  it("serves a workspace whose recovery fails, and reports the failure", async () => {
    const runs = path.join(folder, "study", "runs");
    await rm(runs, { recursive: true, force: true });
    await writeFile(runs, "no folder");
    const { services } = await hub.open(hub.first);
    expect((await services.workspaces.info()).folder).toBe(path.join(folder, "study"));
    expect(recovered).toEqual([expect.stringContaining("Couldn't check for leftovers")]);
  });

  it("answers invalid messages with a typed error and continues", async () => {
    const { client: asking, socket } = await client();
    const anything = asking as unknown as Record<
      string,
      Record<string, (input?: unknown) => Promise<unknown>>
    >;
    await expect(anything.dataset?.nothing?.({})).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(anything.constructor?.prototype?.({})).rejects.toMatchObject({ code: "NOT_FOUND" });
    const wrong = [
      { file: 7 },
      null,
      JSON.parse('{"file": "a", "__proto__": {"admin": true}, "more": 1}'),
      "text",
    ];
    for (const input of wrong)
      await expect(anything.dataset?.stats?.(input)).rejects.toMatchObject({
        code: "FAILURE",
        data: { code: "bad-value" },
      });
    expect((await asking.workspace.info()).config.name).toBe("study");
    socket.terminate();
    expect(defects).toEqual([]);
  });

  it("closes only the connection that sends a 50 MB message", async () => {
    const other = await client();
    const { socket } = await client();
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    socket.send(Buffer.alloc(50 * 1024 ** 2));
    expect([1006, 1009]).toContain(await closed);
    expect((await other.client.workspace.info()).config.name).toBe("study");
    other.socket.terminate();
  });
});

it("listens only on loopback", async () => {
  const { networkInterfaces } = await import("node:os");
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4");
  // A machine without a network has no other address to knock at; 127.0.0.2 is loopback, but not ours.
  const knocked = elsewhere?.address ?? "127.0.0.2";
  const refused = await new Promise((resolve) => {
    const socket = connect(port, knocked);
    socket.on("connect", () => resolve("connected"));
    socket.on("error", () => resolve("refused"));
  });
  expect(refused).toBe("refused");
});

it("answers a new request while 256 connections are silent", async () => {
  const idle = Array.from({ length: 256 }, () => connect(port, "127.0.0.1"));
  try {
    await Promise.all(idle.map((socket) => once(socket, "connect")));
    expect((await ask("/")).status).toBe(302);
    await Promise.race(idle.map((socket) => socket.closed || once(socket, "close")));
    expect(idle.filter(({ closed }) => !closed).length).toBe(255);
  } finally {
    for (const socket of idle) socket.destroy();
  }
});

it("closes refused upgrades, so that they don't occupy connections", async () => {
  const words = `GET /rpc HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;
  const sockets = Array.from({ length: 256 }, () =>
    connect({ port, host: "127.0.0.1", allowHalfOpen: true }),
  );
  try {
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            socket.on("error", reject);
            socket.on("end", resolve);
            socket.resume();
            socket.write(words);
          }),
      ),
    );
    await vi.waitFor(async () => expect((await ask("/")).status).toBe(302));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
