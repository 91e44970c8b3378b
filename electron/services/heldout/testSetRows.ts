import { countOf } from "../../../shared/domain/dataset/rotation.ts";
import { readTestSet } from "../../../shared/domain/dataset/testSet.ts";
import type { TestSetResult } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";
import { sha256 } from "../hashing/hashing.ts";
import { rowHash } from "../results/heldoutLooks.ts";

/** Counts the rows of a test set by split and label, and hashes the held-out descriptions, in this process. */
export async function testSetHere(files: FileLayer, file: string): Promise<TestSetResult> {
  const { bytes } = await readSource(files, file);
  const { rows } = readTestSet(bytes, file);
  const held = rows.filter(({ split }) => split === "heldout");
  return {
    kind: "test-set",
    hash: sha256(bytes),
    dev: countOf(rows.filter(({ split }) => split === "dev")),
    heldout: countOf(held),
    rows: [...new Set(held.map(({ description }) => rowHash(description)))],
  };
}
