import { fileURLToPath } from "node:url";
import vm from "node:vm";
import type Electron from "electron";
import { build, type Rolldown } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { desktopChannels } from "../../../shared/schema/desktop.ts";

let code = "";
let chunks: string[] = [];
beforeAll(async () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const built = (await build({
    root,
    configFile: `${root}/vite.preload.config.ts`,
    logLevel: "silent",
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  chunks = built.output.map(({ fileName }) => fileName);
  code = built.output[0].code;
});

type Exposed = Record<string, (...args: never[]) => unknown>;
type Listener = (event: Pick<Electron.IpcRendererEvent, "ports">, body: object) => void;

/** Runs the built preload as a sandboxed page's: CommonJS, with a `require` that knows what Electron's knows. */
function run() {
  const exposed: Record<string, Exposed> = {};
  const sent: unknown[][] = [];
  const posted: unknown[][] = [];
  const listeners = new Map<string, Listener>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key, api: Exposed) => {
        exposed[key] = api;
      },
    } satisfies Pick<Electron.ContextBridge, "exposeInMainWorld">,
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => void sent.push([channel, ...args]),
      on: (channel: string, listener: Listener) => void listeners.set(channel, listener),
    },
    webUtils: {
      getPathForFile: (file: File) => `/dropped/${file.name}`,
    } satisfies Pick<Electron.WebUtils, "getPathForFile">,
  };
  const required: string[] = [];
  const allowed: Record<string, unknown> = { electron, events: {}, timers: {}, url: {} };
  const requireSandboxed = (name: string) => {
    required.push(name);
    if (!(name in allowed)) throw new Error(`module not found: ${name}`);
    return allowed[name];
  };
  const window = {
    location: { origin: "app://namewright" },
    postMessage: (...args: unknown[]) => void posted.push(args),
  };
  const compiled = vm.compileFunction(code, ["require", "module", "exports", "window"], {
    parsingContext: vm.createContext({}),
  });
  const module = { exports: {} };
  compiled(requireSandboxed, module, module.exports, window);
  return { exposed, sent, posted, listeners, required };
}

describe("the preload", () => {
  it("is one CommonJS file that requires Electron and nothing else", () => {
    expect(chunks).toEqual(["preload.cjs"]);
    expect(run().required).toEqual(["electron"]);
    expect(code).not.toMatch(/\bimport\b|\beval\b|new Function/);
  });

  it("exposes two functions and no access to Electron", () => {
    const { exposed } = run();
    const shape = Object.entries(exposed).map(([key, api]) => [
      key,
      Object.fromEntries(
        Object.entries(api).map(([name, value]) => [name, `${typeof value}/${value.length}`]),
      ),
    ]);
    expect(shape).toMatchInlineSnapshot(`
      [
        [
          "namewright",
          {
            "pathForFile": "function/1",
            "requestPort": "function/1",
          },
        ],
      ]
    `);
  });

  it("requests a port with an id or null, whatever the page passes", () => {
    const { exposed, sent } = run();
    const requestPort = exposed.namewright?.requestPort as (id: unknown) => void;
    requestPort("0123456789ab");
    requestPort(null);
    requestPort({ toString: () => "made up" });
    expect(sent).toEqual([
      [desktopChannels.requestPort, "0123456789ab"],
      [desktopChannels.requestPort, null],
      [desktopChannels.requestPort, "made up"],
    ]);
  });

  it("returns the path of a dropped file", () => {
    const pathForFile = run().exposed.namewright?.pathForFile as (file: { name: string }) => string;
    expect(pathForFile({ name: "rows.csv" })).toBe("/dropped/rows.csv");
  });

  it("forwards ports and commands only to its own window, and ignores other channels", () => {
    const { listeners, posted } = run();
    expect([...listeners.keys()]).toEqual([desktopChannels.port, desktopChannels.command]);
    const port = {} as MessagePort;
    listeners.get(desktopChannels.port)?.({ ports: [port] }, { workspaceId: "0123456789ab", type: "forged" });
    listeners.get(desktopChannels.command)?.({ ports: [] }, { kind: "palette" });
    expect(posted).toEqual([
      [{ type: desktopChannels.port, workspaceId: "0123456789ab" }, "app://namewright", [port]],
      [{ type: desktopChannels.command, kind: "palette" }, "app://namewright", []],
    ]);
  });
});
