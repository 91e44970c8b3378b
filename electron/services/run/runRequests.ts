import { Failure } from "../../../shared/domain/failure.ts";
import type { Run, RunKind, RunRemoved } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { JournalWriter } from "./journal.ts";
import type { Pausing } from "./runKind.ts";
import { folderOfRun } from "./runReader.ts";
import { type Kept, removeRun } from "./runRemoval.ts";
import { readRun, runFiles } from "./runStore.ts";

/** Requests that any process can make. The run's owner sees them as files in the run's folder. */
export interface RunRequests {
  cancel(id: string): Promise<Run>;
  /** Asks a run to wait between rows or to stop at a checkpoint, depending on its kind. */
  pause(id: string): Promise<Run>;
  /** Deletes the folder of a finished run and returns the freed bytes. */
  remove(id: string): Promise<RunRemoved>;
}

export interface RequestSetting {
  readonly files: FileLayer;
  readonly runsFolder: string;
  readonly now: () => Date;
  readonly pausingOf: (kind: RunKind) => Pausing;
  readonly exclusively: <T>(purpose: string, body: () => Promise<T>) => Promise<T>;
  readonly kept: Kept;
}

function nothingTo(verb: string, { id, status }: Run): Failure {
  return new Failure("bad-value", `run ${id} is ${status}: there is nothing to ${verb}`, {
    hint: "`namewright runs list` shows what is running.",
  });
}

export function createRunRequests(setting: RequestSetting): RunRequests {
  const { files, runsFolder, exclusively } = setting;
  const folderOf = (id: string) => folderOfRun(files, runsFolder, id);
  return {
    async cancel(id) {
      const folder = await folderOf(id);
      const { run, owned } = await readRun(files, folder);
      if (run.status === "paused" && !owned) {
        return exclusively(`cancel ${id}`, () => cancelParked(setting, folder));
      }
      if (!owned) throw nothingTo("cancel", run);
      await files.writeAtomic(runFiles(folder).cancel, "");
      return run;
    },

    async pause(id) {
      const folder = await folderOf(id);
      const { run } = await readRun(files, folder);
      if (run.status !== "running" && run.status !== "queued") throw nothingTo("pause", run);
      if (setting.pausingOf(run.kind) === "never") {
        throw new Failure("bad-value", `a run of kind ${run.kind} can't be paused`, {
          hint: `Stop it with \`namewright runs cancel ${id}\`.`,
        });
      }
      await files.writeAtomic(runFiles(folder).pause, "");
      return run;
    },

    async remove(id) {
      const folder = await folderOf(id);
      return exclusively(`remove ${id}`, async () =>
        removeRun(files, await readRun(files, folder), setting.kept),
      );
    },
  };
}

/** Cancels a paused run that has no owner by writing its last event. Requires the workspace lock. */
async function cancelParked({ files, now }: RequestSetting, folder: string): Promise<Run> {
  const { run, journal, owned } = await readRun(files, folder);
  if (run.status !== "paused" || owned) throw nothingTo("cancel", run);
  const file = runFiles(folder).journal;
  const writer = new JournalWriter({ files, file, journal, now, onEntry: () => {} });
  await writer.append({ kind: "status", status: "cancelled", reason: "cancelled on request" });
  return (await readRun(files, folder)).run;
}
