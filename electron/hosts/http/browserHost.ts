import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { hubCacheFolder } from "../../services/base/hubCache.ts";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { guardedPrimitives, isWithin, realPlace } from "../../services/files/guardedPrimitives.ts";
import { realPrimitives, systemCode } from "../../services/files/primitives.ts";
import { createHostService, type HostDependencies } from "../../services/host/hostService.ts";
import { createKnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { copySample } from "../../services/host/sampleCopy.ts";
import { configFile } from "../../services/workspace/workspace.ts";
import { nodePlatform, packageRoot } from "../node/nodePlatform.ts";
import { createWorkspaceHub } from "../serving/workspaceHub.ts";
import { createDownloads } from "./downloads.ts";
import { openBrowser } from "./openBrowser.ts";
import { type BrowserHostOptions, readOptions } from "./options.ts";
import { createBrowserServer } from "./server.ts";
import { createUploads, ownUploadFolder } from "./uploads.ts";

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Returns the workspace to show first: the named one, otherwise an editable copy of the finished sample. */
async function firstWorkspace(root: string, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    const folder = path.resolve(named);
    if (existsSync(path.join(folder, configFile))) return folder;
    throw new Failure("missing", `${folder} isn't a workspace: it has no ${configFile}`, {
      hint: `Run \`npx namewright workspace init ${named} --from-sample\` to create a workspace there.`,
    });
  }
  const copy = path.join(root, ".sample");
  if (!existsSync(path.join(copy, configFile))) {
    say("Copying the finished sample to .sample, where you can edit it …");
    await copySample(createFileLayer(), root, copy);
  }
  return copy;
}

/** Refuses a home folder: every file in a workspace can be written, and a home folder holds keys. */
function holdsHome(folder: string): Failure {
  return new Failure("bad-value", `${folder} is or contains your home folder`, {
    hint: "Select a folder inside your home folder.",
    file: folder,
  });
}

/** Creates the hub of this launch, over a file layer that is confined to the allowed folders. */
async function openHub(folder: string, allow: readonly string[], uploads: string) {
  const platform = nodePlatform("browser");
  const { userData, resources, sample, embeddedBase } = platform.paths;
  const browsable = [path.dirname(folder), homedir()];
  let opened: readonly string[] = [folder];
  /** Folders that are becoming workspaces at the user's request. */
  const becoming = new Set<string>();
  const files = createFileLayer(
    guardedPrimitives(realPrimitives, {
      writable: () => [...opened, ...becoming, ...allow, uploads, userData],
      readable: () => [resources, sample, embeddedBase, hubCacheFolder()],
      browsable: () => browsable,
    }),
  );
  const admitting: HostDependencies["admitting"] = async (asked, make) => {
    const place = await realPlace(asked);
    // Refuses hidden folders, and folders outside the browsable ones.
    await files.exists(place);
    if (isWithin(place, homedir())) throw holdsHome(place);
    let first = place;
    while (!(await files.exists(path.dirname(first)))) first = path.dirname(first);
    becoming.add(first);
    try {
      return await make();
    } finally {
      becoming.delete(first);
    }
  };
  const known = createKnownWorkspaces(files, userData, () => new Date());
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageRoot(), "package.json"), "utf8"));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const about = { host: "browser", version, platform: process.platform } as const;
  const host = createHostService({
    files,
    paths: platform.paths,
    known,
    about,
    roots: () => [...new Set([...browsable, ...allow])],
    admitting,
  });
  await host.openWorkspace(folder);
  const hub = createWorkspaceHub({ platform, files, known, host, folder, onRecovered: say });
  opened = hub.folders();
  return { hub, files };
}

async function serve(options: BrowserHostOptions): Promise<void> {
  const root = packageRoot();
  const folder = await realPlace(await firstWorkspace(root, options.workspace));
  const { userData } = nodePlatform("browser").paths;
  // Without the guarded layer: the parent of a new folder is outside the guarded folders.
  await mkdir(userData, { recursive: true });
  const uploads = createUploads(await ownUploadFolder(path.join(userData, "uploads")));
  const { hub, files } = await openHub(folder, options.allow, uploads.folder);
  const token = randomBytes(32).toString("base64url");
  const server = createBrowserServer({
    hub,
    uploads,
    renderer: path.join(root, "out", "renderer"),
    token,
    downloads: createDownloads(files),
    onDefect: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const port = await server.listen(options.port).catch((cause: unknown) => {
    const inUse = systemCode(cause) === "EADDRINUSE";
    const message = inUse ? `port ${options.port} is in use` : `couldn't listen on port ${options.port}`;
    throw new Failure("missing", message, {
      hint: "Select another port with --port, or use --port 0 for any free port.",
      cause,
    });
  });
  const address = `http://127.0.0.1:${port}/#token=${token}`;
  process.stdout.write(`Namewright is at ${address}\n`);
  hub.prefetch(server.whenIdle).catch(() => {});
  if (options.open) await openBrowser(address, userData);
  await untilStopped();
  say("Stopping. Runs are saved and can be resumed.");
  server.close();
  await hub.close();
  await uploads.clear();
  await rm(path.join(userData, `open-${process.pid}.html`), { force: true });
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });
}

/** Serves until stopped and returns the exit code. */
export async function runBrowserHost(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  try {
    await serve(options);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`namewright: ${error.message}${error.hint === undefined ? "" : `\n  ${error.hint}`}`);
    return 4;
  }
}
