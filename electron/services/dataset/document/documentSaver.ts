import { createHash } from "node:crypto";
import path from "node:path";
import { afterSaving, type DocumentRows } from "../../../../shared/domain/dataset/document.ts";
import { tableEditsOf } from "../../../../shared/domain/dataset/documentSave.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import { fileRevision } from "../largeFile.ts";
import { type BaseFile, TableFile } from "./baseFile.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { hashOnDisk, loadBase } from "./documentLoader.ts";
import type { DocumentStore } from "./documentStore.ts";
import { type Growth, IndexedFile } from "./indexedFile.ts";
import type { Snapshot } from "./rowView.ts";

/** A document after its file was written. `failure`: it is in its place, but the disk complained afterwards. */
export interface Saved {
  readonly base: BaseFile;
  readonly rows: DocumentRows;
  readonly failure: unknown;
}

/** The bytes of a document as edited, and their hash once all were given. */
function contentOf({ base, rows }: Snapshot) {
  const hash = createHash("sha256");
  const grown = new Map<number, Growth>();
  const edits = tableEditsOf(rows);
  const bytes =
    base instanceof IndexedFile
      ? base.editedWith(edits, (stretch, by) => grown.set(stretch, by))
      : base.edited(edits);
  async function* hashed() {
    for await (const part of bytes) {
      hash.update(part);
      yield part;
    }
  }
  return { parts: hashed(), grown, sha256: () => hash.digest("hex") };
}

/** The bytes of a document as edited, piece by piece. */
export function editedBytes(snapshot: Snapshot): AsyncIterable<Uint8Array> {
  return contentOf(snapshot).parts;
}

function changedMeanwhile(file: string): Failure {
  return new Failure("conflict", `${file} was changed by another program`, {
    hint: "Nothing was written, and both versions are kept. Choose which one to keep.",
    file,
  });
}

/**
 * A small file as it will be read back. Throws Failure `bad-value` where it would be read as something else: text in
 * another encoding can look like UTF-8 when its last odd character goes.
 */
async function readBack(
  file: string,
  parts: AsyncIterable<Uint8Array>,
  rows: DocumentRows,
): Promise<TableFile> {
  const some: Uint8Array[] = [];
  for await (const part of parts) some.push(part);
  const table = new TableFile(Buffer.concat(some), file);
  if (table.rows === rows.order.length) return table;
  throw new Failure("bad-value", `the rows of ${file} would change when it is read again`, {
    hint: "Nothing was written. Import the file first to get a copy in UTF-8 with commas.",
    file,
  });
}

/**
 * Writes a document over its file: a temporary file, a last look at the old one, a rename. The journal names the new
 * bytes before, so that after a crash in between the edits are not made twice.
 * @throws Failure `conflict` where the file is no longer the one that was edited; nothing is written then.
 */
export async function saveOver(
  file: string,
  setting: DocumentDependencies,
  store: DocumentStore,
  snapshot: Snapshot,
): Promise<Saved> {
  const { files, workspace, compute } = setting;
  const { base, rows } = snapshot;
  const content = contentOf(snapshot);
  const small = base instanceof TableFile ? await readBack(file, content.parts, rows) : null;
  let sha256 = "";
  const lastLook = async () => {
    sha256 = content.sha256();
    if ((await hashOnDisk(files, file)) !== base.sha256) throw changedMeanwhile(file);
    await store.saving(sha256);
  };
  let failure: unknown = null;
  await workspace.writing(`save ${path.basename(file)}`, async () => {
    try {
      await files.writeAtomic(file, small?.content ?? content.parts, {
        beforeRename: lastLook,
        throughLink: true,
      });
    } catch (error) {
      // The new bytes may have taken their place before the disk complained.
      if (sha256 === "" || (await hashOnDisk(files, file)) !== sha256) throw error;
      failure = error;
    }
    // The edits are in the file: a journal that cannot be removed names these bytes, and is done with all the same.
    await store.forget().catch((error: unknown) => {
      failure ??= error;
    });
  });
  const indexed =
    base instanceof IndexedFile
      ? base.afterEdits(content.grown, { sha256, revision: await fileRevision(file) })
      : null;
  return {
    base: small ?? indexed ?? (await loadBase(files, compute, file)),
    rows: afterSaving(rows),
    failure,
  };
}
