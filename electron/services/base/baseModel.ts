import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { HubIdSchema } from "../../../shared/schema/base.ts";
import type { GgufPrecision } from "../../../shared/schema/workspace.ts";
import { ProgressFeed } from "../async/progressFeed.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { fileState, sha256 } from "../hashing/hashing.ts";
import { createHashMemory } from "../hashing/hashMemory.ts";
import { assertGgufOfBase } from "../inference/ggufAgainstBase.ts";
import type { Platform } from "../platform.ts";
import type { Trainer } from "../trainer/trainer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { checkFolder, refuseUnusable } from "./checkFolder.ts";
import { convertGguf } from "./convertGguf.ts";
import type { DownloadProgress, Downloads } from "./downloads.ts";
import { cachedSnapshot } from "./hubCache.ts";
import { type MergedAdapter, openMerged } from "./mergedGguf.ts";
import { addBase, addedFolder, asAddable } from "./namedBase.ts";

/** The base model of a workspace. */
export interface BaseModel {
  /** The displayed name: `tiny-mistral`, a folder's name or a Hugging Face ID. */
  readonly name: string;
  /** The Hugging Face folder that the trainer loads. */
  readonly folder: string;
  /** The file that the inference engine loads. */
  readonly gguf: string;
  /** sha256 of the GGUF. */
  readonly hash: string;
}

/** Whether a value is a Hugging Face ID (exactly one slash); `./x/y` and `/x/y` are paths. */
function isHubId(base: string): boolean {
  return HubIdSchema.safeParse(base).success;
}

/** Returns the names of a folder's weights, configuration and tokenizer. */
async function modelFiles(files: FileLayer, folder: string): Promise<string[]> {
  return (await files.list(folder)).filter((name) => /\.(safetensors|json|model)$/.test(name)).sort();
}

/** Returns a key that changes with a folder's weights, without reading gigabytes. */
async function folderKey(files: FileLayer, folder: string): Promise<string> {
  const names = await modelFiles(files, folder);
  const sizes = await Promise.all(
    names.map(async (name) => `${name} ${await files.size(path.join(folder, name))}`),
  );
  const config = await files.readText(path.join(folder, "config.json"));
  return sha256(`${folder}\n${sizes.join("\n")}\n${config}`).slice(0, 16);
}

export interface BaseModels {
  /** Returns the local folder for a value of `base`, or null if there is none. Downloads nothing. */
  locate(workspaceFolder: string, base: string): Promise<string | null>;
  /** Finds the base model and its GGUF file. Downloads and converts the model when needed. */
  open(
    workspace: Workspace,
    options: { signal: AbortSignal; onProgress(text: string): void },
  ): Promise<BaseModel>;
  /** Returns the GGUF of a base with an adapter merged into it. Makes it when there is none. */
  merged(
    base: BaseModel,
    adapter: MergedAdapter,
    options: { precision: GgufPrecision; signal: AbortSignal },
  ): Promise<string>;
  /** Returns the sha256 of a GGUF file. A large one is read once for as long as it doesn't change. */
  hashOf(gguf: string): Promise<string>;
  /** Returns which parts of the base model are on disk. Downloads, converts and hashes nothing. */
  inspect(workspace: Workspace): Promise<{ folder: string | null; gguf: string | null }>;
}

/** Reports a download as text: each file, each tenth of the total, each retry. */
function reportingTenths(id: string, onProgress: (text: string) => void): DownloadProgress {
  let reported = 0;
  return {
    onPlan: ({ bytes }) => onProgress(`${id}: ${formatBytes(bytes)} from Hugging Face`),
    onFile: (name) => onProgress(`${id}: downloading ${name}`),
    onRetry: (reason) => onProgress(`${id}: ${reason}; retrying`),
    onBytes: (done, total) => {
      const tenth = total === 0 ? 0 : Math.floor((10 * done) / total);
      if (tenth > reported) onProgress(`${id}: ${formatBytes(done)} of ${formatBytes(total)} downloaded`);
      reported = tenth;
    },
  };
}

/** A smaller file is hashed before anyone wonders. In bytes. */
const announcedFrom = 500e6;
/** Bytes hashed per second on one core of a server: 1 GB took 1.34 s. */
const hashedPerSecond = 0.75e9;

interface BaseModelDependencies {
  readonly files: FileLayer;
  readonly platform: Platform;
  readonly trainer: Trainer;
  readonly downloads: Downloads;
  /** Shows downloads, conversions and hashes to whoever waits for them. */
  readonly progress?: ProgressFeed;
}

function ggufNotFound({ folder }: Workspace, baseGguf: string): Failure {
  const given = path.resolve(folder, baseGguf);
  return new Failure("missing", `the base model's GGUF file ${given} was not found`, {
    file: path.join(folder, "namewright.json"),
    hint: "Fix `baseGguf`, or set it to null to convert the base model automatically.",
  });
}

function folderNotFound({ folder, config }: Workspace): Failure {
  const local = path.resolve(folder, config.base);
  return new Failure("missing", `base model ${local} not found: the folder has no config.json`, {
    file: path.join(folder, "namewright.json"),
    hint: "Set `base` to the folder of a Hugging Face model (config.json, safetensors, tokenizer), or to a model ID.",
  });
}

/** The GGUF files of base folders: given by the user, next to the weights, or converted by us. */
function createGgufs(dependencies: BaseModelDependencies & { progress: ProgressFeed }) {
  const { files, platform } = dependencies;
  /** The state of each GGUF file and its folder when they were compared. */
  const verified = new Map<string, string>();

  /** Returns the path of our conversion of a base folder, whether it exists or not. */
  async function convertedGguf(folder: string, precision: string): Promise<string> {
    const key = await folderKey(files, folder);
    const name = `${path.basename(folder)}-${key}-${precision}.gguf`;
    return path.join(platform.paths.userData, "gguf", name);
  }

  /** Compares a GGUF file with its base folder, once for as long as neither changes. */
  async function verifyOnce(gguf: string, folder: string): Promise<void> {
    const compared = [gguf, ...(await modelFiles(files, folder)).map((name) => path.join(folder, name))];
    const state = (await Promise.all(compared.map(fileState))).join("\n");
    if (verified.get(gguf) === state) return;
    await assertGgufOfBase(gguf, folder);
    verified.set(gguf, state);
  }

  /** Returns the GGUF file of a base folder that is on disk, or null. */
  async function find({ config, folder: from }: Workspace, folder: string | null): Promise<string | null> {
    const { baseGguf, precision } = config;
    const candidates: string[] = [];
    if (baseGguf !== null) candidates.push(path.resolve(from, baseGguf));
    else if (folder !== null)
      candidates.push(path.join(folder, `model-${precision}.gguf`), await convertedGguf(folder, precision));
    for (const gguf of candidates) if (await files.exists(gguf)) return gguf;
    return null;
  }

  /** Returns the GGUF file of a base folder. Converts the weights when there is none. */
  async function open(
    workspace: Workspace,
    folder: string,
    signal: AbortSignal,
    onProgress: (text: string) => void,
  ): Promise<string> {
    const { baseGguf, precision } = workspace.config;
    const found = await find(workspace, folder);
    const converted = await convertedGguf(folder, precision);
    if (found !== null) {
      // A GGUF from elsewhere may not match the weights, and an adapter must run on the weights it was trained on.
      if (baseGguf !== null || found !== converted) await verifyOnce(found, folder);
      return found;
    }
    if (baseGguf !== null) throw ggufNotFound(workspace, baseGguf);
    onProgress(`converting ${path.basename(folder)} to GGUF at ${precision} (only done once)`);
    const words = ["convert-base", "--base", folder, "--precision", precision, "--out"];
    const text = `converting ${path.basename(folder)} to GGUF at ${precision}`;
    await convertGguf(dependencies, { text, words, target: converted }, signal);
    return converted;
  }

  return { find, open };
}

/** Downloads a model and returns its folder. */
async function fetchFolder(
  { downloads, progress }: { downloads: Downloads; progress: ProgressFeed },
  id: string,
  signal: AbortSignal,
  onProgress: (text: string) => void,
): Promise<string> {
  const { folder } = await progress.track({ text: `downloading ${id}`, unit: "bytes" }, (advance) => {
    const reporting = reportingTenths(id, onProgress);
    const onBytes = (done: number, total: number): void => {
      advance(done, total);
      reporting.onBytes(done, total);
    };
    return downloads.fetch({ id, revision: "main" }, signal, { ...reporting, onBytes });
  });
  return folder;
}

/** Hashes a GGUF, which takes 20 s for a 7B base at 16 bits. */
async function hashOf(
  {
    files,
    progress,
    hashes,
  }: { files: FileLayer; progress: ProgressFeed; hashes: ReturnType<typeof createHashMemory> },
  gguf: string,
): Promise<string> {
  const bytes = await files.size(gguf);
  if (bytes < announcedFrom) return hashes.sha256OfFile(gguf);
  const step = {
    text: `hashing ${path.basename(gguf)} (${formatBytes(bytes)})`,
    unit: "bytes",
    expectedSeconds: bytes / hashedPerSecond,
  };
  return progress.track(step, () => hashes.sha256OfFile(gguf));
}

export function createBaseModels(dependencies: BaseModelDependencies): BaseModels {
  const { files, platform, downloads, progress = new ProgressFeed() } = dependencies;
  const ggufs = createGgufs({ ...dependencies, progress });
  const hashes = createHashMemory({ files, userData: platform.paths.userData });

  async function locate(workspaceFolder: string, base: string): Promise<string | null> {
    if (base === "embedded") return platform.paths.embeddedBase;
    const named = asAddable(base);
    if (named !== null) return addedFolder(named, platform.paths);
    const local = path.resolve(workspaceFolder, base);
    if (await files.exists(path.join(local, "config.json"))) return local;
    if (!isHubId(base)) return null;
    return (await downloads.find(base))?.folder ?? wholeSnapshot(base);
  }

  /** Returns the snapshot in Hugging Face's own cache if it is usable as it is. */
  async function wholeSnapshot(id: string): Promise<string | null> {
    const cached = cachedSnapshot(id);
    if (cached === null) return null;
    // A host may not be allowed to read that cache. The model is then downloaded into our folder.
    const check = await checkFolder(files, cached.folder).catch(() => null);
    return check !== null && check.problems.length === 0 ? cached.folder : null;
  }

  async function folderOf(
    workspace: Workspace,
    signal: AbortSignal,
    onProgress: (text: string) => void,
  ): Promise<string> {
    const { base } = workspace.config;
    const there = await locate(workspace.folder, base);
    if (there !== null) return there;
    const named = asAddable(base);
    if (named !== null) return addBase(named, { platform, progress }, { signal, onProgress });
    if (!isHubId(base)) throw folderNotFound(workspace);
    onProgress(`downloading ${base} from Hugging Face`);
    return fetchFolder({ downloads, progress }, base, signal, onProgress);
  }

  return {
    locate,
    merged: (base, adapter, options) =>
      openMerged(
        { ...dependencies, progress, folder: path.join(platform.paths.userData, "merged") },
        base,
        adapter,
        options,
      ),
    hashOf: (gguf) => hashes.sha256OfFile(gguf),
    async inspect(workspace) {
      const folder = await locate(workspace.folder, workspace.config.base);
      return { folder, gguf: await ggufs.find(workspace, folder) };
    },
    async open(workspace, { signal, onProgress }) {
      const folder = await folderOf(workspace, signal, onProgress);
      refuseUnusable(
        await checkFolder(files, folder),
        "Download the base model again, or choose another one with `namewright base use`.",
      );
      const gguf = await ggufs.open(workspace, folder, signal, onProgress);
      const { base } = workspace.config;
      return {
        name: base === "embedded" ? path.basename(folder) : base,
        folder,
        gguf,
        hash: await hashOf({ files, progress, hashes }, gguf),
      };
    },
  };
}
