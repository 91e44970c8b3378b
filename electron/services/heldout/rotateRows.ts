import path from "node:path";
import { planRotation } from "../../../shared/domain/dataset/rotation.ts";
import { readTestSet, requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { lintFile } from "../../../shared/domain/lint/lintFile.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import type { RotationRequest, RotationResult } from "../../../shared/schema/compute.ts";
import type { RotationProblem } from "../../../shared/schema/heldout.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";
import { sha256 } from "../hashing/hashing.ts";
import { rowHash } from "../results/heldoutLooks.ts";

/** Repeated rows would count twice, so what is a warning in other files rules new rows out. */
const repeated = new Set(["duplicate-description", "near-duplicate-description"]);

/** Returns what lint finds in the new rows, and which of them are in another file exactly or nearly. */
async function foundIn(
  files: FileLayer,
  source: { readonly file: string; readonly bytes: Uint8Array },
  against: readonly string[],
): Promise<RotationProblem[]> {
  const others = await Promise.all(against.map((file) => readSource(files, file)));
  const { findings } = lintFile(source);
  const { leaks } = lintReport([source], others);
  return [
    ...findings
      .filter(({ severity, rule }) => severity === "error" || repeated.has(rule))
      .map(({ rule, row, message }) => ({ code: rule, row, message })),
    ...leaks.map(({ row, againstFile, againstRow, exact }) => ({
      code: "known-row",
      row,
      message: `${exact ? "the same" : "nearly the same"} description as row ${againstRow} of ${path.basename(againstFile)}`,
    })),
  ];
}

/** Plans a rotation in this process. Writes nothing. */
export async function rotateHere(files: FileLayer, request: RotationRequest): Promise<RotationResult> {
  const { testSet: file, source: from, against } = request;
  const { bytes } = await readSource(files, file);
  const source = from === null ? null : await readSource(files, from);
  const used = request.used === null ? null : new Set(request.used);
  const testSet = requireTestSet(bytes, file);
  const planned = planRotation({
    testSet,
    source: source === null ? null : readTestSet(source.bytes, source.file),
    isUsed: (description) => used === null || used.has(rowHash(description)),
    problems: source === null ? [] : await foundIn(files, source, [file, ...against]),
  });
  return {
    kind: "rotation",
    before: sha256(bytes),
    rows: planned.rows,
    bytes: new Uint8Array(planned.bytes),
    descriptions: planned.added.map(({ description }) => description),
    first: testSet.rows.length + 1,
  };
}
