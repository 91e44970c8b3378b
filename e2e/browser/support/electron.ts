import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { tinySample } from "../../../electron/services/testing/tinySample.ts";
import { makeUserData } from "../../../electron/services/testing/userData.ts";
import { electronBinary } from "../../../scripts/lib/chooseHost.mjs";
import { cleared, fillWorkspace, type Host, type HostOptions, root } from "./host.ts";

const applications = new WeakMap<Host, () => ElectronApplication>();

/** Returns the desktop's window. */
export async function windowOf(host: Host): Promise<Page> {
  const application = applications.get(host);
  if (application === undefined) throw new Error("this host has no window");
  return application().firstWindow();
}

/** Starts the desktop as the specs' host, from its development binary: a package's fuses block the driver. */
export async function startElectron({
  from = "sample",
  env = {},
  words = [],
}: HostOptions = {}): Promise<Host> {
  const executablePath = electronBinary(root);
  if (executablePath === null) throw new Error("Electron isn't installed. Run npx install-electron.");
  const folder = await mkdtemp(path.join(tmpdir(), "namewright-spec-"));
  const workspace = path.join(folder, "study");
  const userData = path.join(folder, "user-data");
  await fillWorkspace(workspace, from);
  await makeUserData(userData);
  const environment = {
    ...process.env,
    NAMEWRIGHT_DATA_DIR: userData,
    NAMEWRIGHT_SAMPLE_DIR: tinySample,
    ...env,
  } as Record<string, string>;
  for (const name of cleared) if (env[name] === undefined) delete environment[name];
  // Chromium has no sandbox as root, and only our pages are opened.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [...asRoot, root, "--workspace", workspace, ...words];
  let log = "";
  const launch = async () => {
    const launched = await _electron.launch({ executablePath, args, cwd: folder, env: environment });
    launched.process().stderr?.on("data", (text: Buffer) => {
      log += text.toString("utf8");
    });
    return launched;
  };
  let application = await launch();
  const host: Host = {
    origin: "app://namewright",
    address: "app://namewright/",
    token: "",
    workspace,
    userData,
    get pid() {
      return application.process().pid ?? 0;
    },
    log: () => log,
    async kill() {
      const child = application.process();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
    async restart() {
      application = await launch();
    },
    async close() {
      await application.close().catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
  applications.set(host, () => application);
  return host;
}
