import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { createQuiet } from "./quiet.ts";

const held: ServerResponse[] = [];
const server = createServer((_request, response) => {
  held.push(response);
});
const quiet = createQuiet(server);
afterEach(() => server.close());

it("waits while a request is open, and a moment after it; at once where nobody asks", async () => {
  await quiet();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const asked = fetch(`http://127.0.0.1:${port}/`);
  while (held.length === 0) await wait(1);
  let isQuiet = false;
  const waiting = quiet().then(() => {
    isQuiet = true;
  });
  await wait(60);
  expect(isQuiet).toBe(false);
  held[0]?.end("a");
  expect(await (await asked).text()).toBe("a");
  await waiting;
  expect(isQuiet).toBe(true);
});
