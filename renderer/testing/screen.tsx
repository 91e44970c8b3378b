import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type ClientLink, createORPCClient } from "@orpc/client";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryClient } from "@tanstack/react-query";
import { render, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { ConnectionProvider } from "../api/ApiProvider.tsx";
import type { Client, Connection } from "../api/connection.ts";

// Growing text areas listen for fonts, which happy-dom doesn't have.
if (!("fonts" in document)) Object.defineProperty(document, "fonts", { value: new EventTarget() });

/** The host's replies by procedure: `{ "dataset.list": () => ({ … }) }`. Calls of other procedures fail. */
export type Host = Readonly<Record<string, (input: never, signal: AbortSignal) => unknown>>;

function connectionTo(host: Host): Connection {
  const link: ClientLink<object> = {
    async call(path, input, { signal }) {
      const answer = host[path.join(".")];
      if (answer === undefined) throw new Error(`${path.join(".")} was not expected to be asked`);
      return answer(input as never, signal ?? new AbortController().signal);
    },
  };
  const client: Client = createORPCClient(link);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return { client, api: createTanstackQueryUtils(client), queries, close: () => {} };
}

interface Surroundings {
  readonly host?: Host;
  /** The path and query of the page. */
  readonly at?: string;
}

/** Returns what surrounds a component: the theme, notifications, a URL and a host. */
function surroundings({ host = {}, at = "/w/one/overview" }: Surroundings) {
  const location = memoryLocation({ path: at, record: true });
  const connection = connectionTo(host);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test">
      <Notifications />
      <Router hook={location.hook} searchHook={location.searchHook}>
        <ConnectionProvider connection={connection}>{children}</ConnectionProvider>
      </Router>
    </MantineProvider>
  );
  return { wrapper, address: () => location.history.at(-1) ?? "" };
}

/** Draws a component. `address` returns the current URL of the page. */
export function draw(element: ReactNode, options: Surroundings = {}) {
  const { wrapper, address } = surroundings(options);
  return { ...render(element, { wrapper }), address };
}

/** Runs a hook, as `draw` draws a component. */
export function runHook<Result, Props>(
  hook: (props: Props) => Result,
  { initialProps, ...options }: Surroundings & { readonly initialProps?: Props } = {},
) {
  const { wrapper, address } = surroundings(options);
  const rendered = renderHook(hook, {
    wrapper,
    ...(initialProps === undefined ? {} : { initialProps }),
  });
  return { ...rendered, address };
}

/** A stream of the contract that a test feeds. */
export function createFeed<Value>() {
  const waiting: Value[] = [];
  let wake = () => {};
  let ended = false;
  async function* values(signal: AbortSignal): AsyncGenerator<Value> {
    signal.addEventListener("abort", () => wake());
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return {
    values,
    say(value: Value) {
      waiting.push(value);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}
