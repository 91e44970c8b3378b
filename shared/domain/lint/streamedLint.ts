import type { Finding, LintedFile } from "../../schema/dataset.ts";
import type { StreamedFile, TablePart } from "../csv/stream.ts";
import { columnIndex, type Table } from "../csv/table.ts";
import { rowFinding } from "../dataset/finding.ts";
import { datasetColumns } from "../dataset/read.ts";
import { fileFindings } from "../dataset/structure.ts";
import { formatNumber } from "../format/number.ts";
import { hash53 } from "../neardup/hash.ts";
import { HashTable } from "../neardup/hashTable.ts";
import { LeanNeighbors, type SearchBounds, searchBounds } from "../neardup/leanNeighbors.ts";
import { comparedText } from "./descriptionRules.ts";
import { inFileOrder, type LintOptions, type LintRow, lintSubject, ownFindings } from "./lintFile.ts";

/** What linting a file of any size may hold. */
export interface LintBounds extends SearchBounds {
  /** Different names among which reused ones are searched for. */
  readonly names: number;
  /** How many errors, and how many warnings, are listed; all are counted. */
  readonly listed: number;
}

export const lintBounds: LintBounds = { ...searchBounds, names: 2_000_000, listed: 5_000 };

/**
 * `lintTable` for a file that comes in parts, in bounded memory. The same findings, but: at most
 * `bounds.listed` errors and as many warnings are listed; an earlier similar row is named, not quoted; beyond the
 * bounds of a search it ends, and a warning says where.
 */
export class StreamedLint {
  readonly #file: StreamedFile;
  readonly #options: LintOptions;
  readonly #bounds: LintBounds;
  readonly #neighbors: LeanNeighbors;
  readonly #names = new HashTable();
  #namesEnd: number | null = null;
  #listed: Record<Finding["severity"], Finding[]> = { error: [], warning: [] };
  #counted: Record<Finding["severity"], number> = { error: 0, warning: 0 };
  #rows = 0;
  #refusals = 0;
  #head: Table | null = null;

  constructor(file: StreamedFile, options: LintOptions = {}, bounds: LintBounds = lintBounds) {
    this.#file = file;
    this.#options = options;
    this.#bounds = bounds;
    this.#neighbors = new LeanNeighbors(bounds);
  }

  /** Takes the next rows of the file. */
  add({ table, firstRow }: TablePart): void {
    this.#head = { ...table, records: [] };
    const { rows, refusals, findings } = lintSubject(table, { part: true });
    this.#rows += rows.length;
    this.#refusals += refusals;
    const found = inFileOrder([
      ...findings,
      ...ownFindings(table, rows, this.#options),
      ...this.#duplicates(table, rows, firstRow - 1),
      ...this.#reused(table, rows, firstRow - 1),
    ]);
    for (const finding of found) this.#note({ ...finding, row: (finding.row ?? 0) + firstRow - 1 });
  }

  /** What was found, when the last part was added. */
  report(): LintedFile {
    const head = this.#head ?? this.#emptyHead();
    const whole = [...fileFindings(head, datasetColumns), ...this.#boundFindings(head)];
    const findings = inFileOrder([...whole, ...this.#listed.error, ...this.#listed.warning]);
    const count = (severity: Finding["severity"]) =>
      this.#counted[severity] + whole.filter((finding) => finding.severity === severity).length;
    const [errors, warnings] = [count("error"), count("warning")];
    const unlisted = errors + warnings - findings.length;
    return {
      file: this.#file.file,
      rows: this.#rows,
      refusals: this.#refusals,
      errors,
      warnings,
      encoding: this.#file.encoding,
      delimiter: this.#file.delimiter,
      findings,
      ...(unlisted === 0 ? {} : { unlisted }),
    };
  }

  #note(finding: Finding): void {
    this.#counted[finding.severity] += 1;
    const list = this.#listed[finding.severity];
    if (list.length < this.#bounds.listed) list.push(flat(finding));
  }

  #duplicates(table: Table, rows: readonly LintRow[], before: number): Finding[] {
    const column = { index: columnIndex(table, "description"), name: "description" };
    return rows.flatMap(({ row, description: value }): Finding[] => {
      const earlier = this.#neighbors.nearestThenAdd(before + row, comparedText(value));
      if (earlier === null) return [];
      const rule = earlier.exact ? "duplicate-description" : "near-duplicate-description";
      const message = earlier.exact
        ? `same description as row ${earlier.row}`
        : `nearly the same description (${formatNumber(earlier.similarity, 2)}) as row ${earlier.row}`;
      return [rowFinding(table, row, column, { rule, severity: "warning", value, message })];
    });
  }

  #reused(table: Table, rows: readonly LintRow[], before: number): Finding[] {
    const column = { index: columnIndex(table, "suggestions"), name: "suggestions" };
    return rows.flatMap(({ row, names }) =>
      [...new Set(names ?? [])].flatMap((value): Finding[] => {
        const full = this.#names.size >= this.#bounds.names;
        const earlier = this.#names.getOrPut(hash53(value), before + row, full);
        if (earlier === null && full) this.#namesEnd ??= before + row;
        if (earlier === null) return [];
        const message = `row ${earlier} also uses this name`;
        return [rowFinding(table, row, column, { rule: "name-reused", severity: "warning", value, message })];
      }),
    );
  }

  #boundFindings(head: Table): Finding[] {
    const { equal, near } = this.#neighbors.bounded;
    const ends: [number | null, string, string][] = [
      [near, "description", "only exact duplicate descriptions are reported, not similar ones"],
      [equal, "description", "duplicates are found only of descriptions in earlier rows"],
      [this.#namesEnd, "suggestions", "reuse is found only of names in earlier rows"],
    ];
    return ends.flatMap(([row, column, what]): Finding[] => {
      if (row === null) return [];
      const message = `the file is large: from row ${row} on, ${what}`;
      const line = head.headerLine;
      return [{ rule: "search-bounded", severity: "warning", row: null, line, column, value: "", message }];
    });
  }

  #emptyHead(): Table {
    const { file, encoding, bom, delimiter } = this.#file;
    const dialect = { delimiter, preamble: 0, newline: "\n", quoting: "minimal" } as const;
    const source = { text: "", encoding, bom };
    return { file, source, dialect, header: [], headerLine: 1, records: [] };
  }
}

/** A finding whose strings are its own: a slice would keep the text of its whole part in memory. */
function flat(finding: Finding): Finding {
  return JSON.parse(JSON.stringify(finding)) as Finding;
}
