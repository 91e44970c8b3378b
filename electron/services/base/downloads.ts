import { statfs } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import {
  type DownloadRequest,
  type DownloadResult,
  type DownloadStamp,
  DownloadStampSchema,
  type HubFile,
} from "../../../shared/schema/base.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { unlessAbsent } from "../files/primitives.ts";
import { tryAcquireLock } from "../lease/lockFile.mjs";
import type { Platform } from "../platform.ts";
import { boundElsewhere, boundKey, originOf, serviceAddress } from "../settings/boundKey.ts";
import { fetchFile, partOf } from "./fetchFile.ts";
import { type Hub, retryWithBackoff } from "./hub.ts";
import { fileAddress, hubModel } from "./hubFiles.ts";

/** A complete model from the hub on this disk. */
export interface Download {
  readonly folder: string;
  readonly stamp: DownloadStamp;
}

export interface DownloadProgress {
  /** Reports the commit and the files to download. */
  onPlan(plan: { revision: string; files: readonly HubFile[]; bytes: number }): void;
  onBytes(done: number, total: number): void;
  onFile(name: string): void;
  onRetry(reason: string): void;
}

/** Models downloaded from Hugging Face into the user's data folder. The token is used nowhere else. */
export interface Downloads {
  /** Returns complete models, newest first. */
  list(): Promise<Download[]>;
  /** Returns folders of incomplete downloads, with their bytes on disk. */
  partial(): Promise<{ id: string; folder: string; bytes: number }[]>;
  /** Returns the newest complete model of an ID. */
  find(id: string): Promise<Download | null>;
  /**
   * Downloads a model, or the missing parts of it.
   * @throws Failure with a remedy: gated, not found, disk full, connection lost, already being downloaded
   */
  fetch(request: DownloadRequest, signal: AbortSignal, progress: DownloadProgress): Promise<DownloadResult>;
  /** Deletes all files of a model. Throws `Failure` `missing` while the model is being downloaded. */
  remove(id: string): Promise<void>;
}

const stampName = "download.json";
const silenceMs = 60_000;
const retryMs = 1000;

/** `mistralai--Mistral-7B-Instruct-v0.3@0123456789ab`: an owner's name never has two hyphens in a row. */
function folderName(id: string, revision: string): string {
  return `${id.replace("/", "--")}@${revision.slice(0, 12)}`;
}

interface DownloadDependencies {
  readonly files: FileLayer;
  /** The host's platform, without the user's settings. */
  readonly host: Platform;
  readonly now: () => Date;
  /** Shorter times for tests. */
  readonly times?: { silenceMs: number; retryMs: number };
}

/** Returns the hub that a model is downloaded from. Throws `Failure` while offline or with a token for another origin. */
async function openHub({ host, times }: DownloadDependencies, id: string): Promise<Hub> {
  if (host.setting("HF_HUB_OFFLINE") === "1") {
    throw new Failure("missing", `${id} isn't on this machine, and HF_HUB_OFFLINE prevents downloading it`, {
      hint: "Unset HF_HUB_OFFLINE, or enter the folder of a model.",
    });
  }
  const endpoint = serviceAddress(host, "HUGGINGFACE_API_TOKEN").replace(/\/+$/, "");
  const wanted = originOf(endpoint, "HF_ENDPOINT");
  const token = await boundKey(host, "HUGGINGFACE_API_TOKEN");
  // A stored token is skipped, since a public model needs none. Here two sources contradict each other.
  if (token !== null && token.source !== "stored" && token.origin !== wanted)
    throw boundElsewhere(host, "HUGGINGFACE_API_TOKEN", token, wanted);
  return { endpoint, token, ...(times ?? { silenceMs, retryMs }) };
}

/** The folders of complete and partial downloads below `root`. */
function downloadFolders(files: FileLayer, root: string) {
  async function all(): Promise<string[]> {
    if (!(await files.exists(root))) return [];
    // Locks and temporary folders in the same place have a dot after the commit or at the start.
    const names = (await files.list(root)).filter((name) => /^[^.].*@[^@.]+$/.test(name));
    return names.map((name) => path.join(root, name));
  }

  async function stampOf(folder: string): Promise<DownloadStamp | null> {
    const file = path.join(folder, stampName);
    if (!(await files.exists(file))) return null;
    try {
      return DownloadStampSchema.parse(JSON.parse(await files.readText(file)));
    } catch {
      return null;
    }
  }

  async function complete(): Promise<Download[]> {
    const found: Download[] = [];
    for (const folder of await all()) {
      const stamp = await stampOf(folder);
      if (stamp !== null) found.push({ folder, stamp });
    }
    return found.sort((one, other) => other.stamp.downloadedAt.localeCompare(one.stamp.downloadedAt));
  }

  async function partial() {
    const found: { id: string; folder: string; bytes: number }[] = [];
    for (const folder of await all()) {
      if ((await stampOf(folder)) !== null) continue;
      const names = await files.list(folder);
      // A running download may have just renamed a part to its final name; the next call counts it.
      const sizeOf = (name: string) => unlessAbsent(files.size(path.join(folder, name)), 0);
      const sizes = await Promise.all(names.map(sizeOf));
      const id = path
        .basename(folder)
        .replace(/@[^@]*$/, "")
        .replace("--", "/");
      found.push({ id, folder, bytes: sizes.reduce((sum, size) => sum + size, 0) });
    }
    return found;
  }

  return { all, stampOf, complete, partial };
}

export function createDownloads(dependencies: DownloadDependencies): Downloads {
  const { files, host, now } = dependencies;
  const root = path.join(host.paths.userData, "bases");
  const folders = downloadFolders(files, root);

  return {
    list: folders.complete,
    find: async (id) => (await folders.complete()).find(({ stamp }) => stamp.id === id) ?? null,
    partial: folders.partial,
    async remove(id) {
      const prefix = folderName(id, "");
      for (const folder of await folders.all()) {
        if (!path.basename(folder).startsWith(prefix)) continue;
        await withExclusiveLock(files, `${folder}.lock`, id, async () => {
          // The stamp goes first, so that an interrupted removal leaves an incomplete download, not a complete model.
          await files.remove(path.join(folder, stampName));
          await files.remove(folder);
        });
      }
    },
    async fetch(request, signal, progress) {
      const from = await openHub(dependencies, request.id);
      const retry = { onRetry: (reason: string) => progress.onRetry(reason), isFurther: () => false };
      const plan = await retryWithBackoff(from, signal, () => hubModel(from, request, signal), retry);
      const folder = path.join(root, folderName(request.id, plan.revision));
      const stamp: DownloadStamp = {
        schemaVersion: 1,
        id: request.id,
        revision: plan.revision,
        from: new URL(from.endpoint).origin,
        downloadedAt: now().toISOString(),
        files: [...plan.files],
      };
      const bytes = plan.files.reduce((sum, file) => sum + file.bytes, 0);
      progress.onPlan({ ...plan, bytes });
      await withExclusiveLock(files, `${folder}.lock`, request.id, async () => {
        if ((await folders.stampOf(folder)) !== null) return;
        await files.makeFolder(folder);
        await refuseFullDisk(files, folder, plan.files);
        await fetchAll({ files, hub: from, id: request.id, folder, plan, signal, progress });
        await files.writeAtomic(path.join(folder, stampName), `${JSON.stringify(stamp, null, 2)}\n`);
      });
      return { id: request.id, revision: plan.revision, folder, bytes, files: [...plan.files] };
    },
  };
}

/** Runs `body` with exclusive access to a model's folder. Two downloads that append to one file would corrupt it. */
async function withExclusiveLock<T>(
  files: FileLayer,
  lock: string,
  id: string,
  body: () => Promise<T>,
): Promise<T> {
  const attempt = await tryAcquireLock(files, lock, `download or delete ${id}`);
  if (attempt.kind === "busy") {
    const { pid } = attempt.by.owner;
    const holder = pid === process.pid ? "another run" : `process ${pid}`;
    throw new Failure("missing", `${holder} is already downloading or deleting ${id}`, {
      hint: "Wait until it has finished: both would use the same files.",
    });
  }
  try {
    return await body();
  } finally {
    await attempt.release();
  }
}

async function bytesThere(files: FileLayer, folder: string, { name }: HubFile): Promise<number> {
  for (const place of [path.join(folder, name), partOf(path.join(folder, name))])
    if (await files.exists(place)) return files.size(place);
  return 0;
}

async function refuseFullDisk(files: FileLayer, folder: string, wanted: readonly HubFile[]): Promise<void> {
  let missing = 0;
  for (const file of wanted) missing += Math.max(0, file.bytes - (await bytesThere(files, folder, file)));
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > missing) return;
  throw new Failure(
    "missing",
    `not enough disk space: ${formatBytes(missing)} left to download, ${formatBytes(bavail * bsize)} available`,
    {
      file: folder,
      hint: "Free some space and resume, or move the data folder to another disk with NAMEWRIGHT_DATA_DIR.",
    },
  );
}

async function fetchAll(setting: {
  files: FileLayer;
  hub: Hub;
  id: string;
  folder: string;
  plan: { revision: string; files: readonly HubFile[] };
  signal: AbortSignal;
  progress: DownloadProgress;
}): Promise<void> {
  const { files, hub, id, folder, plan, signal, progress } = setting;
  const have = new Map<string, number>();
  const total = plan.files.reduce((sum, file) => sum + file.bytes, 0);
  const report = () =>
    progress.onBytes(
      [...have.values()].reduce((sum, bytes) => sum + bytes, 0),
      total,
    );
  for (const file of plan.files) have.set(file.name, await bytesThere(files, folder, file));
  report();
  for (const file of plan.files) {
    const target = path.join(folder, file.name);
    if ((await files.exists(target)) && (await files.size(target)) === file.bytes) continue;
    progress.onFile(file.name);
    let before = have.get(file.name) ?? 0;
    const onBytes = (bytes: number) => {
      have.set(file.name, bytes);
      report();
    };
    const isFurther = () => {
      const now = have.get(file.name) ?? 0;
      const further = now > before;
      before = now;
      return further;
    };
    const address = fileAddress(hub, id, plan.revision, file.name);
    const one = () => fetchFile({ files, hub, id, address, target, file, signal, onBytes });
    await retryWithBackoff(hub, signal, one, { onRetry: (reason) => progress.onRetry(reason), isFurther });
  }
}
