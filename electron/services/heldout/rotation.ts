import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { RotationResult, TestSetResult } from "../../../shared/schema/compute.ts";
import type { Rotation } from "../../../shared/schema/heldout.ts";
import type { LookStatus } from "../../../shared/schema/looks.ts";
import { provenanceFile, provenanceText } from "../dataset/versions.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import { assertWritable, describeWorkspace } from "../workspace/workspace.ts";
import type { HeldoutDependencies } from "./dependencies.ts";

type Present = TestSetResult & { readonly status: LookStatus | null };

/**
 * Makes dev rows of the held-out rows that were used, and adds the rows of a file as held-out ones. Throws `Failure`
 * `missing` without a test set and in the sample, and `check-failed` with nothing changed when new rows are missing or
 * unusable. With `dryRun`, returns the problems instead and writes nothing.
 */
export type Rotate = (request: { rows: string | null; dryRun: boolean }) => Promise<Rotation>;

/** Creates the rotation of a workspace's test set. `present` reads the test set and how it was used. */
export function createRotation(
  { files, workspace, compute, looks, now }: HeldoutDependencies,
  present: () => Promise<Present>,
): Rotate {
  const { testSet: file, rowPool } = workspace.paths;

  /** Returns the files whose rows may not be tested on: everything that trains or may be drawn from. */
  async function trainingFiles(datasets: readonly string[]): Promise<string[]> {
    const pool = (await files.exists(rowPool)) ? [rowPool] : [];
    return [...datasets.map((version) => workspace.paths.dataset(version)), ...pool];
  }
  async function write(planned: RotationResult, source: string | null): Promise<void> {
    const origin = {
      source: "imported",
      slice: null,
      from: source === null ? null : path.basename(source),
      generator: null,
    } as const;
    await workspace.writing("rotate the held-out rows", async () => {
      const unchanged = async () => {
        if ((await sha256OfFile(file)) !== planned.before) throw changedMeanwhile(file);
      };
      await unchanged();
      const rows = planned.descriptions.map((description) => ({ description, origin }));
      // Provenance goes first: without its rows it is harmless, but not vice versa.
      await files.appendText(provenanceFile(file), provenanceText(rows, planned.first, now()));
      await files.writeAtomic(file, planned.bytes, { beforeRename: unchanged });
    });
  }
  return async ({ rows, dryRun }) => {
    assertWritable(workspace);
    const before = await present();
    const { datasets, results } = await describeWorkspace(files, workspace);
    const source = rows === null ? null : path.resolve(rows);
    const planned = await compute.ask({
      kind: "rotation",
      testSet: file,
      source,
      against: await trainingFiles(datasets),
      used: await looks.usedRows(before.hash, before.rows),
    });
    const { problems } = planned.rows;
    if (!dryRun && problems.length > 0) throw refused(planned.rows.problems, source);
    if (!dryRun) await write(planned, source);
    return {
      file,
      source,
      written: !dryRun,
      before: planned.before,
      after: dryRun ? null : sha256(planned.bytes),
      ...planned.rows,
      looks: before.status ?? fail(),
      evaluateAgain: results,
    };
  };
}

/** Only the sample has no count, and it was refused before. */
function fail(): never {
  throw new Error("the looks of a writable workspace aren't counted");
}

function refused(problems: Rotation["problems"], source: string | null): Failure {
  const [first] = problems;
  const row = first?.row ?? null;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const place = row === null ? "" : `row ${row}: `;
  return new Failure(
    "check-failed",
    `can't rotate the held-out rows: ${place}${first?.message ?? ""}${more}`,
    {
      hint: "Nothing was changed. Write new labeled rows to a CSV file and add `--rows FILE`. `--dry-run` lists every problem.",
      ...(source === null ? {} : { file: source }),
      ...(row === null ? {} : { row }),
    },
  );
}

function changedMeanwhile(file: string): Failure {
  return new Failure("bad-value", `conflict: ${file} was changed by another program`, {
    hint: "Nothing was written, and the other change is kept. Try again.",
    file,
  });
}
