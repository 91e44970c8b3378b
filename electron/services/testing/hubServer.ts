import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A fake Hugging Face hub on this machine, for tests. */
export interface HubServer {
  readonly endpoint: string;
  readonly requests: { path: string; range: string | undefined; authorization: string | undefined }[];
  /** Replies to send first, in order, instead of the fake's own. Null lets a request through. */
  readonly script: (((request: IncomingMessage, response: ServerResponse) => void) | null)[];
  stop(): Promise<void>;
}

export interface HubServerOptions {
  readonly id: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Files listed with a SHA-256, like large ones. */
  readonly large?: readonly string[];
  /** The token required to read. */
  readonly token?: string;
  /** The address of large files: another server, as on the real hub. */
  readonly redirectTo?: string;
}

export const commit = "a".repeat(39);

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");
const gitBlob = (data: Buffer) =>
  createHash("sha1").update(`blob ${data.length}\0`).update(data).digest("hex");

function sendRange(request: IncomingMessage, response: ServerResponse, data: Buffer): void {
  const begin = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (begin > 0 && begin >= data.length) {
    response.writeHead(416).end();
    return;
  }
  const part = data.subarray(begin);
  const headers = { "content-length": part.length };
  response.writeHead(begin > 0 ? 206 : 200, headers).end(part);
}

/** Serves one model at one commit with the real hub's addresses, ranges and redirects. */
export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const sha = `${commit}b`;
  const files = new Map(Object.entries(options.files).map(([name, data]) => [name, Buffer.from(data)]));
  const requests: HubServer["requests"] = [];
  const script: HubServer["script"] = [];

  function listing(): string {
    const siblings = [...files].map(([rfilename, data]) => ({
      rfilename,
      size: data.length,
      blobId: gitBlob(data),
      ...(options.large?.includes(rfilename) ? { lfs: { sha256: sha256(data), size: data.length } } : {}),
    }));
    return JSON.stringify({ id: options.id, sha, gated: false, siblings });
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", "http://hub");
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      response.writeHead(403, { "x-error-code": "GatedRepo" }).end();
      return;
    }
    if (pathname.startsWith(`/api/models/${options.id}/revision/`)) {
      response.end(listing());
      return;
    }
    const prefix = `/${options.id}/resolve/${sha}/`;
    const name = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : "";
    const data = files.get(name);
    if (data === undefined) response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    else if (options.redirectTo !== undefined && options.large?.includes(name))
      response.writeHead(302, { location: `${options.redirectTo}${pathname}` }).end();
    else sendRange(request, response, data);
  }

  const server = createServer((request, response) => {
    const { range, authorization } = request.headers;
    requests.push({ path: request.url ?? "", range, authorization });
    const scripted = script.shift();
    if (scripted == null) answer(request, response);
    else scripted(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    script,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
