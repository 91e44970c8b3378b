import path from "node:path";
import { columnIndex } from "../../../../shared/domain/csv/table.ts";
import { isDirty } from "../../../../shared/domain/dataset/document.ts";
import { Failure, failureDetail } from "../../../../shared/domain/failure.ts";
import type { DatasetDiff, DatasetStats, Finding, LintReport } from "../../../../shared/schema/dataset.ts";
import type { DatasetDiversity } from "../../../../shared/schema/diversity.ts";
import type {
  DocumentFinding,
  DocumentFindings,
  Neighbors,
  RowId,
  View,
} from "../../../../shared/schema/document.ts";
import { sha256 } from "../../hashing/hashing.ts";
import { cellsInFile } from "./baseFile.ts";
import { editedBytes } from "./documentSaver.ts";
import type { OpenDocument } from "./openDocument.ts";
import type { Snapshot } from "./rowView.ts";

/** Lints files as `dataset lint` does, without blocking the event loop. */
export type Lint = (
  request: { files: string[]; against: string[] },
  signal?: AbortSignal,
) => Promise<LintReport>;

interface CheckedCopy {
  readonly snapshot: Snapshot & { revision: number };
  readonly file: string;
}

/** The findings and statistics of an edited document. If it differs from its file, a copy is written for the checks. */
export class Checks {
  readonly #document: OpenDocument;
  readonly #lint: Lint;
  /** The newest copy and its revision. */
  #latestCopy: { revision: number; checked: Promise<CheckedCopy> } | null = null;
  #findings: { revision: number; found: Promise<DocumentFinding[]> } | null = null;

  constructor(document: OpenDocument, lint: Lint) {
    this.#document = document;
    this.#lint = lint;
  }

  /** Returns all findings of the current document. */
  async findings(): Promise<{ revision: number; findings: DocumentFinding[] }> {
    const { revision } = await this.#document.snapshot();
    if (this.#findings?.revision !== revision) {
      const found = this.#lintNow();
      this.#findings = { revision, found };
      found.catch(() => {
        if (this.#findings?.found === found) this.#findings = null;
      });
    }
    return { revision, findings: await this.#findings.found };
  }

  async #lintNow(): Promise<DocumentFinding[]> {
    const { snapshot, file } = await this.#copy();
    const [linted] = (await this.#lint({ files: [file], against: [] })).files;
    const { order } = snapshot.rows;
    return (linted?.findings ?? []).map((finding) =>
      locatedFinding(finding, snapshot, order.idAt((finding.row ?? 0) - 1)),
    );
  }

  /** Returns the rows of a view, or null for all. */
  shown(view: View): Promise<readonly RowId[] | null> {
    return this.#document.shown(view, (rule) => this.#rowsWith(rule));
  }

  /** Returns the rows with a finding of a rule. */
  async #rowsWith(rule: string): Promise<ReadonlySet<RowId>> {
    const { findings } = await this.findings();
    return new Set(
      findings.flatMap((one) => (one.id !== null && (rule === "any" || one.rule === rule) ? [one.id] : [])),
    );
  }

  async stats(): Promise<{ revision: number; stats: DatasetStats }> {
    const { snapshot, file } = await this.#copy();
    const { stats } = await this.#document.setting.compute.ask({ kind: "stats", file });
    return { revision: snapshot.revision, stats: { ...stats, file: this.#document.file } };
  }

  async diversity(): Promise<{ revision: number; diversity: DatasetDiversity }> {
    const { snapshot, file } = await this.#copy();
    const { diversity } = await this.#document.setting.compute.ask({ kind: "diversity", file });
    return { revision: snapshot.revision, diversity: { ...diversity, file: this.#document.file } };
  }

  /** Compares the document with another file. Throws `Failure` `bad-value` for the document's own file. */
  async diff(before: string): Promise<DatasetDiff> {
    if (before === this.#document.file)
      throw new Failure("bad-value", "a dataset can't be compared with itself", {
        hint: "Choose another version.",
      });
    const { file } = await this.#copy();
    return (await this.#document.setting.compute.ask({ kind: "diff", before, after: file })).diff;
  }

  /** Returns similar rows in the document, and rows that another file contains too. */
  async neighbours(against: string | null, limit: number): Promise<Neighbors> {
    const { snapshot, file } = await this.#copy();
    const { compute } = this.#document.setting;
    const { pairs, count } = await compute.ask({ kind: "duplicates", file, listed: limit });
    const { order } = snapshot.rows;
    const idOf = (row: number) => order.idAt(row - 1) ?? 0;
    const ids = [...new Set(pairs.flatMap(({ row, earlier }) => [idOf(row), idOf(earlier)]))];
    const cells = await cellsOf(snapshot, ids);
    const { leaks, failure } = await this.#leaks(file, against);
    const listed = leaks?.leaks.slice(0, limit) ?? [];
    return {
      revision: snapshot.revision,
      duplicates: pairs.map(({ row, earlier, exact }) => ({
        row,
        id: idOf(row),
        cells: [...(cells.get(idOf(row)) ?? [])],
        earlierRow: earlier,
        earlierId: idOf(earlier),
        earlierCells: [...(cells.get(idOf(earlier)) ?? [])],
        exact,
      })),
      duplicateCount: count,
      against,
      againstFailure: failure,
      leaks: listed.map((leak) => ({ ...leak, file: this.#document.file, id: idOf(leak.row) })),
      leakCount: (leaks?.leaks.length ?? 0) + (leaks?.unlistedLeaks ?? 0),
    };
  }

  /** Finds leaks. If the other file is unreadable, the duplicates of this one are still reported. */
  async #leaks(file: string, against: string | null) {
    if (against === null) return { leaks: null, failure: null };
    try {
      return { leaks: await this.#lint({ files: [file], against: [against] }), failure: null };
    } catch (error) {
      if (!(error instanceof Failure) || error.place.file !== against) throw error;
      return { leaks: null, failure: failureDetail(error) };
    }
  }

  /** Returns a file with the current document: the original without edits, otherwise a copy. */
  async #copy(): Promise<CheckedCopy> {
    const snapshot = await this.#document.snapshot();
    if (!isDirty(snapshot.rows) && this.#document.conflict === null)
      return { snapshot, file: this.#document.file };
    if (this.#latestCopy?.revision !== snapshot.revision) {
      const before = this.#latestCopy?.checked.catch(() => null) ?? null;
      // One at a time, because all copies use the same path.
      const checked = Promise.resolve(before).then(() => this.#writeCopy(snapshot));
      this.#latestCopy = { revision: snapshot.revision, checked };
      checked.catch(() => {
        this.#latestCopy = null;
      });
    }
    return this.#latestCopy.checked;
  }

  async #writeCopy(snapshot: CheckedCopy["snapshot"]): Promise<CheckedCopy> {
    const { files, workspace } = this.#document.setting;
    const { file } = this.#document;
    // In its own folder, because the file's name decides whether it is a test set.
    const folder = path.join(workspace.paths.state, "index", sha256(file).slice(0, 16));
    const copy = path.join(folder, path.basename(file));
    await files.writeAtomic(copy, editedBytes(snapshot));
    return { snapshot, file: copy };
  }
}

function locatedFinding(finding: Finding, { base }: Snapshot, id: RowId | undefined): DocumentFinding {
  const at = columnIndex(base, finding.column);
  return { ...finding, id: finding.row === null ? null : (id ?? null), at: at < 0 ? null : at };
}

async function cellsOf({ base, rows }: Snapshot, ids: readonly RowId[]) {
  const inFile = await cellsInFile(base, rows.saved, ids);
  return new Map(ids.map((id) => [id, rows.cells.get(id) ?? inFile.get(id) ?? []]));
}

/** Returns a page of findings with the number of findings for each rule. */
export function pageOfFindings(
  { revision, findings }: { revision: number; findings: readonly DocumentFinding[] },
  request: { rule: string | null; offset: number; limit: number },
): DocumentFindings {
  const rules = new Map<string, DocumentFindings["rules"][number]>();
  for (const { rule, severity } of findings) {
    const known = rules.get(rule);
    rules.set(rule, { rule, severity, count: (known?.count ?? 0) + 1 });
  }
  const asked = findings.filter(({ rule }) => request.rule === null || rule === request.rule);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return {
    revision,
    errors,
    warnings: findings.length - errors,
    fixable: findings.filter(({ fix }) => fix !== undefined).length,
    rules: [...rules.values()].sort(
      (a, b) => a.severity.localeCompare(b.severity) || b.count - a.count || a.rule.localeCompare(b.rule),
    ),
    total: asked.length,
    findings: asked.slice(request.offset, request.offset + request.limit),
  };
}
