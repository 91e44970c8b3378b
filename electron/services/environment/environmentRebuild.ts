import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import type { RebuildEvent } from "../../../shared/schema/environment.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { createLease } from "../lease/lease.ts";
import type { PlatformPaths } from "../platform.ts";
import { ensureEnvironment, SetupFailure } from "./build.mjs";
import { currentEnvironment, environmentsFolder, type PythonEnvironment, readStamp } from "./folders.mjs";
import { requirementsFile } from "./pythonOf.ts";

/** Rebuilds the Python environment, one at a time, with any number of followers. */
export interface Rebuilding {
  /** Starts a rebuild unless one is running. */
  begin(): void;
  /** Yields all events of the running or latest rebuild from its start. Never starts one. */
  follow(signal?: AbortSignal): AsyncGenerator<RebuildEvent>;
  isRunning(): boolean;
}

type Build = (
  onProgress: (text: string) => void,
  onNote: (text: string) => void,
) => Promise<{ environment: PythonEnvironment }>;

/** The events of a rebuild so far. */
interface Course {
  readonly events: RebuildEvent[];
  ended: boolean;
  error: unknown;
}

/** How often a follower polls, in milliseconds. */
const pollMs = 100;

/** Creates the rebuild service; tests pass their own `build`. */
export function createRebuilding(
  paths: Pick<PlatformPaths, "userData" | "resources">,
  files: FileLayer,
  build: Build = (onProgress, onNote) =>
    ensureEnvironment({
      machine: { env: process.env, platform: process.platform, home: homedir() },
      userData: paths.userData,
      requirementsFile: requirementsFile(paths),
      onProgress,
      onNote,
    }),
): Rebuilding {
  let course: Course | null = null;

  function start(): Course {
    const events: RebuildEvent[] = [];
    const fresh: Course = { events, ended: false, error: null };
    const onProgress = (text: string) => void events.push({ kind: "progress", text });
    const onNote = (text: string) => void events.push({ kind: "note", text });
    whileNothingTrains(files, paths.userData, () => rebuilt(paths, files, () => build(onProgress, onNote)))
      .then(
        ({ folder, stamp }) => {
          const { python, torch, seconds } = stamp;
          events.push({ kind: "done", folder, python, torch, seconds });
        },
        (error: unknown) => {
          fresh.error = explained(error);
        },
      )
      .finally(() => {
        fresh.ended = true;
      });
    return fresh;
  }

  const isRunning = () => course !== null && !course.ended;
  return {
    isRunning,
    begin() {
      if (!isRunning()) course = start();
    },
    async *follow(signal) {
      if (course === null) return;
      const followed = course;
      for (let told = 0; signal?.aborted !== true; ) {
        while (told < followed.events.length) yield followed.events[told++] as RebuildEvent;
        if (followed.ended && told >= followed.events.length) break;
        await wait(pollMs);
      }
      if (followed.error !== null && signal?.aborted !== true) throw followed.error;
    },
  };
}

function explained(error: unknown): unknown {
  if (!(error instanceof SetupFailure)) return error;
  const said = error.lines.length === 0 ? "" : ` Output: ${error.lines.join(" · ")}`;
  return new Failure("missing", error.message, { hint: `${error.hint}.${said}`, cause: error });
}

/** Returns the folder for the old environment during a rebuild, which isn't searched for environments. */
function asideFolder(userData: string): string {
  return path.join(userData, "python-aside");
}

/**
 * Moves the environment aside, builds a new one, and restores the old one on failure. An environment contains its own
 * paths, so it works only under its original name.
 */
async function rebuilt(
  { userData, resources }: Pick<PlatformPaths, "userData" | "resources">,
  files: FileLayer,
  build: () => Promise<{ environment: PythonEnvironment }>,
): Promise<PythonEnvironment> {
  await takeBack(userData, files);
  const old = currentEnvironment(userData, requirementsFile({ resources }))?.folder;
  if (old === undefined) return (await build()).environment;
  const aside = path.join(asideFolder(userData), path.basename(old));
  await files.makeFolder(path.dirname(aside));
  await files.rename(old, aside);
  try {
    const { environment } = await build();
    await files.remove(aside);
    return environment;
  } catch (error) {
    await files.remove(old);
    await files.rename(aside, old);
    throw error;
  }
}

/** Cleans up after a killed rebuild: restores the old environment, or deletes it when a new one is complete. */
async function takeBack(userData: string, files: FileLayer): Promise<void> {
  const parent = asideFolder(userData);
  if (!(await files.exists(parent))) return;
  for (const name of await files.list(parent)) {
    const place = path.join(environmentsFolder(userData), name);
    if (readStamp(place) !== null) await files.remove(path.join(parent, name));
    else {
      await files.remove(place);
      await files.rename(path.join(parent, name), place);
    }
  }
}

/** Runs `body` with the accelerator locked, so that no training starts. Throws `Failure` at once when it is in use. */
async function whileNothingTrains<T>(files: FileLayer, userData: string, body: () => Promise<T>): Promise<T> {
  const busy = new AbortController();
  const onWait = (holder: string) =>
    busy.abort(
      new Failure("missing", `the Python environment is in use by ${holder}`, {
        hint: "Wait until it finishes, or cancel it. Nothing was changed.",
      }),
    );
  const lease = createLease(files, userData);
  return lease.hold("the rebuild of the Python environment", body, { signal: busy.signal, onWait });
}
