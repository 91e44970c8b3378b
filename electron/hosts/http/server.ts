import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { securityHeaders } from "../serving/contentSecurity.ts";
import { rendererFile } from "../serving/rendererFiles.ts";
import type { OnDefect } from "../serving/wireErrors.ts";
import type { WorkspaceHub } from "../serving/workspaceHub.ts";
import {
  refuseForeign,
  refuseRepeatedHost,
  refuseToken,
  tokenHeader,
  tokenOfProtocols,
} from "./admission.ts";
import { boundConnections } from "./connections.ts";
import type { Downloads } from "./downloads.ts";
import { createIdleGate } from "./idleGate.ts";
import { createSockets, refuseUpgrade } from "./sockets.ts";
import { UploadRefused, type Uploads } from "./uploads.ts";

const mostConnections = 256;

export interface BrowserServerOptions {
  readonly hub: WorkspaceHub;
  readonly uploads: Uploads;
  /** The built renderer. */
  readonly renderer: string;
  /** This launch's token. */
  readonly token: string;
  /** Files that the page downloads, read through the host's guarded file layer. */
  readonly downloads: Downloads;
  onDefect: OnDefect;
}

function answer(response: ServerResponse, status: number, text: string, headers = {}): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    ...securityHeaders,
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(text);
}

/** Returns the URL of a request, or null if its target isn't a path (an absolute URL to a proxy, `*`). */
function pathOf(request: IncomingMessage): URL | null {
  const target = request.url ?? "";
  if (!target.startsWith("/") || target.startsWith("//")) return null;
  return URL.canParse(target, "http://localhost") ? new URL(target, "http://localhost") : null;
}

export interface BrowserServer {
  /** Listens on loopback only and returns the port. Throws the system's error, for example if the port is in use. */
  listen(port: number): Promise<number>;
  /** Resolves when no page is waiting for its files. */
  whenIdle(): Promise<void>;
  /** Ends all connections, including upgraded ones. */
  close(): void;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const given = request.headers[tokenHeader];
  return typeof given === "string" ? given : undefined;
}

async function sendPage(renderer: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // The path as it came: a URL object has taken its dots away.
  const found = await rendererFile(renderer, (request.url ?? "").split("?")[0] ?? "");
  if (found === null) return answer(response, 404, "not found");
  response.writeHead(200, {
    ...securityHeaders,
    "content-type": found.type,
    "content-length": found.bytes,
    "cache-control": found.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (request.method === "HEAD") return void response.end();
  await pipeline(createReadStream(found.file), response);
}

async function receiveUpload(
  uploads: Uploads,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "PUT") return answer(response, 415, "an upload must be a PUT of bytes");
  try {
    const id = url.pathname.slice("/upload/".length);
    const file = await uploads.receive(id, url.searchParams.get("name") ?? "dropped.csv", request);
    answer(response, 200, JSON.stringify({ path: file }), { "content-type": "application/json" });
  } catch (error) {
    if (!(error instanceof UploadRefused)) throw error;
    // The rest of the body is discarded.
    answer(response, error.status, error.message, { connection: "close" });
  }
}

async function sendDownload(downloads: Downloads, url: URL, response: ServerResponse): Promise<void> {
  const ticket = url.pathname.slice("/download/".length);
  if (!(await downloads.send(ticket, response))) answer(response, 404, "not found");
}

async function sendTicket(downloads: Downloads, url: URL, response: ServerResponse): Promise<void> {
  const ticket = await downloads.ticket(url.searchParams.get("path") ?? "").catch(() => null);
  if (ticket === null) return answer(response, 404, "not found");
  answer(response, 200, ticket);
}

/** Answers one HTTP request. */
async function handle(
  { hub, uploads, downloads, renderer, token }: BrowserServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = pathOf(request);
  const isPage = request.method === "GET" || request.method === "HEAD";
  const foreign =
    refuseRepeatedHost(request.rawHeaders) ??
    refuseForeign(request.headers, isPage ? "where-sent" : "always");
  if (foreign !== null) return answer(response, foreign.status, foreign.reason);
  if (url === null) return answer(response, 404, "not found");
  const isUpload = url.pathname.startsWith("/upload/");
  const asksTicket = url.pathname === "/download";
  if (isUpload || asksTicket) {
    const stranger = refuseToken(tokenOf(request), token);
    if (stranger !== null) return answer(response, stranger.status, stranger.reason);
  }
  if (isUpload) return receiveUpload(uploads, url, request, response);
  // A page can't see why its WebSocket was refused. This tells it whether its token is still valid.
  if (isPage && url.pathname === "/token-is-good")
    return answer(response, 200, refuseToken(tokenOf(request), token) === null ? "yes" : "no");
  // The browser keeps the token after `#` across the redirect, and needs no extra connection to find the workspace.
  if (isPage && url.pathname === "/")
    return answer(response, 302, "", { location: `/w/${hub.first}/overview${url.search}` });
  if (!isPage) return answer(response, 405, "only files are served here", { allow: "GET, HEAD" });
  if (asksTicket) return sendTicket(downloads, url, response);
  if (url.pathname.startsWith("/download/")) return sendDownload(downloads, url, response);
  return sendPage(renderer, request, response);
}

/** The browser host's server: the renderer's files, the contract over WebSocket, uploads and downloads. */
export function createBrowserServer(options: BrowserServerOptions): BrowserServer {
  const { hub, token, onDefect } = options;
  const sockets = createSockets(hub, onDefect);

  const server = createServer(
    {
      // A head that is late, or larger than a browser's, isn't from our page. Bodies have their own timeout.
      headersTimeout: 10_000,
      requestTimeout: 0,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
      // Node checks the time limits every 30 s by default, so a limit of 10 s could become 40.
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      handle(options, request, response).catch((error: unknown) => {
        // A page that was closed in the middle of a file isn't an error.
        if (!request.destroyed && !response.destroyed) onDefect(error);
        answer(response, 500, "an unexpected error occurred");
      });
    },
  );
  boundConnections(server, mostConnections);
  const whenIdle = createIdleGate(server);
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    const url = pathOf(request);
    const refusal =
      refuseRepeatedHost(request.rawHeaders) ??
      refuseForeign(request.headers, "always") ??
      refuseToken(tokenOfProtocols(request.headers["sec-websocket-protocol"]), token);
    const refused = refusal === null ? (url?.pathname === "/rpc" ? null : 404) : refusal.status;
    if (refused !== null || url === null) return refuseUpgrade(stream, refused ?? 404);
    sockets.accept(request, stream, head, url.searchParams.get("workspace"));
  });
  return {
    listen: (port) => listen(server, port),
    whenIdle,
    close() {
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
