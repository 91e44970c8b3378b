import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import { securityHeaders } from "../serving/contentSecurity.ts";

/** What is read and sent at once, in bytes. */
const partBytes = 1024 * 1024;
/** Tickets that the page never used are dropped beyond this number, oldest first. */
const mostTickets = 100;

/**
 * Files on their way to the page. The page asks for a ticket with its token, then follows a link with the ticket, so
 * that the browser writes the file to disk as it arrives and neither side holds it in memory.
 */
export interface Downloads {
  /** Returns a ticket for one download. @throws what the file layer throws for a file that can't be read */
  ticket(file: string): Promise<string>;
  /** Sends the ticket's file and uses the ticket up. Returns false, with nothing sent, for an unknown ticket. */
  send(ticket: string, response: ServerResponse): Promise<boolean>;
}

export function createDownloads(files: Pick<FileLayer, "size" | "readPart">): Downloads {
  const tickets = new Map<string, string>();

  async function* parts(file: string, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < size; at += partBytes)
      yield await files.readPart(file, at, Math.min(partBytes, size - at));
  }

  return {
    async ticket(file) {
      // Reading a byte finds what can't be read, before the browser follows a link that would show an error page.
      await files.readPart(file, 0, 1);
      const ticket = randomBytes(24).toString("base64url");
      tickets.set(ticket, file);
      for (const oldest of tickets.keys()) {
        if (tickets.size <= mostTickets) break;
        tickets.delete(oldest);
      }
      return ticket;
    },
    async send(ticket, response) {
      const file = tickets.get(ticket);
      if (file === undefined) return false;
      tickets.delete(ticket);
      const size = await files.size(file).catch(() => null);
      if (size === null) return false;
      response.writeHead(200, {
        ...securityHeaders,
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(path.basename(file))}`,
        "content-length": size,
        "cache-control": "no-store",
      });
      await pipeline(Readable.from(parts(file, size)), response);
      return true;
    },
  };
}
