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

/** A document after its file was written. `failure` is a disk error that came after the file was in place. */
export interface Saved {
  readonly base: BaseFile;
  readonly rows: DocumentRows;
  readonly failure: unknown;
}

/** Returns the edited document's bytes, and their hash once all bytes were read. */
function contentOf({ base, rows }: Snapshot) {
  const hash = createHash("sha256");
  const grown = new Map<number, Growth>();
  const edits = tableEditsOf(rows);
  const bytes =
    base instanceof IndexedFile
      ? base.editedWith(edits, (block, by) => grown.set(block, by))
      : base.edited(edits);
  async function* hashed() {
    for await (const part of bytes) {
      hash.update(part);
      yield part;
    }
  }
  return { parts: hashed(), grown, sha256: () => hash.digest("hex") };
}

/** Returns the edited document's bytes in pieces. */
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
 * Parses a small file's new content. Throws `Failure` `bad-value` when it would be read differently: text in another
 * encoding can look like UTF-8 once its last non-ASCII character is removed.
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
 * Writes a document over its file: a temporary file, a final check of the old one, a rename. The journal records the
 * new hash first, so that a crash in between doesn't apply the edits twice.
 * @throws Failure `conflict`, with nothing written, when the file on disk changed
 */
export async function saveOver(
  file: string,
  setting: DocumentDependencies,
  store: DocumentStore,
  snapshot: Snapshot,
): Promise<Saved> {
  const { files, workspace } = setting;
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
      // The new file may already be in place when the disk reports an error.
      if (sha256 === "" || (await hashOnDisk(files, file)) !== sha256) throw error;
      failure = error;
    }
    // The edits are in the file. A journal that can't be removed records this hash, so it is ignored later.
    await store.forget().catch((error: unknown) => {
      failure ??= error;
    });
  });
  const indexed =
    base instanceof IndexedFile
      ? base.afterEdits(content.grown, { sha256, revision: await fileRevision(file) })
      : null;
  return {
    base: small ?? indexed ?? (await loadBase(setting, file)),
    rows: afterSaving(rows),
    failure,
  };
}
