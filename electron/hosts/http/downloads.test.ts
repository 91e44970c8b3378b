import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createDownloads } from "./downloads.ts";

const part = 1024 * 1024;
/** A file of many parts, which counts what is read of it. */
function largeFile(size: number) {
  const reads: number[] = [];
  return {
    reads,
    size: async () => size,
    readPart: async (_: string, start: number, most: number) => {
      reads.push(start);
      return new Uint8Array(Math.min(most, size - start));
    },
  };
}

let close = () => {};
afterEach(() => close());

it("reads a file part by part, no faster than the browser takes it", async () => {
  const file = largeFile(200 * part);
  const downloads = createDownloads(file);
  const ticket = await downloads.ticket("/study/model.gguf");
  const server = createServer((_, response) => void downloads.send(ticket, response).catch(() => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    request({ host: "127.0.0.1", port }, (response) => {
      expect(response.headers["content-length"]).toBe(String(200 * part));
      // Nobody reads on: what the sockets between both hold is all that can be read ahead.
      response.once("readable", resolve);
    }).end();
  });
  expect(file.reads.length).toBeLessThan(100);
});

it("keeps a bounded number of tickets, the newest ones", async () => {
  const downloads = createDownloads(largeFile(1));
  const first = await downloads.ticket("/study/a");
  for (let at = 0; at < 100; at += 1) await downloads.ticket("/study/b");
  expect(await downloads.send(first, {} as never)).toBe(false);
});
