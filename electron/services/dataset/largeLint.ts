import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { lintTable } from "../../../shared/domain/lint/lintFile.ts";
import { descriptionsOf, leakOf } from "../../../shared/domain/lint/lintReport.ts";
import { StreamedLint } from "../../../shared/domain/lint/streamedLint.ts";
import {
  LEAKS_PER_ROW,
  type LeakPair,
  type LeakRow,
  LeakSearch,
} from "../../../shared/domain/neardup/leaks.ts";
import type { LintedFile, LintReport } from "../../../shared/schema/dataset.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readBatches } from "./largeFile.ts";
import { openSource, type TableSource, tablesOf } from "./tableSource.ts";

/** The maximum number of listed leaks when one of the files is large. All leaks are counted. */
const LISTED_LEAKS = 20_000;

async function lintSource(source: TableSource): Promise<LintedFile> {
  if (source.large === null) return lintTable(source.table);
  const lint = new StreamedLint(source.large);
  for await (const batch of readBatches(source.large)) lint.add(batch);
  return lint.report();
}

/** Yields the rows of a file in batches. */
async function* rowsOf(source: TableSource): AsyncGenerator<LeakRow[]> {
  for await (const { table, firstRow } of tablesOf(source)) yield descriptionsOf(table, firstRow - 1);
}

/** Keeps the first pairs and counts all. */
class FoundLeaks {
  readonly pairs: LeakPair[] = [];
  counted = 0;

  add(pair: LeakPair): void {
    this.counted += 1;
    // A copy, because a slice would keep the text of its whole batch in memory.
    if (this.pairs.length < LISTED_LEAKS) this.pairs.push(JSON.parse(JSON.stringify(pair)) as LeakPair);
  }
}

async function searchIn(source: TableSource): Promise<LeakSearch> {
  const rows: LeakRow[] = [];
  for await (const some of rowsOf(source)) rows.push(...some);
  return new LeakSearch(rows);
}

/** Finds leaks with the smaller file in memory and the other one streamed. */
async function leaksOf(source: TableSource, against: TableSource): Promise<FoundLeaks> {
  const found = new FoundLeaks();
  if (against.large === null) {
    const search = await searchIn(against);
    for await (const rows of rowsOf(source)) {
      for (const train of rows) {
        for (const { found: test, ...how } of search.like(train.description).slice(0, LEAKS_PER_ROW)) {
          found.add({ train, test, ...how });
        }
      }
    }
    return found;
  }
  if (source.large !== null) throw bothLarge(source.file, against.file);
  const search = await searchIn(source);
  for await (const rows of rowsOf(against)) {
    for (const test of rows) {
      for (const { found: train, ...how } of search.like(test.description))
        found.add({ train, test, ...how });
    }
  }
  found.pairs.sort(
    (a, b) => a.train.row - b.train.row || Number(b.exact) - Number(a.exact) || b.similarity - a.similarity,
  );
  return found;
}

function bothLarge(file: string, against: string): Failure {
  return new Failure(
    "bad-value",
    `${file} and ${against} are both over ${formatBytes(fileSizes.streamedFrom)}; the leak check must load one of them into memory`,
    {
      hint: "Split the smaller file and check its parts one at a time.",
      file,
    },
  );
}

/** Lints files of which at least one is large, in bounded memory. The list of leaks may be truncated. */
export async function lintLarge(
  files: FileLayer,
  names: readonly string[],
  against: readonly string[],
): Promise<LintReport> {
  const open = async (some: readonly string[]) => {
    const sources: TableSource[] = [];
    for (const file of some) sources.push(await openSource(files, file));
    return sources;
  };
  const sources = await open(names);
  const others = await open(against);
  const report: LintReport = { files: [], leaks: [] };
  let leaks = 0;
  for (const source of sources) {
    report.files.push(await lintSource(source));
    for (const other of others.filter(({ file }) => file !== source.file)) {
      const found = await leaksOf(source, other);
      leaks += found.counted;
      const room = LISTED_LEAKS - report.leaks.length;
      report.leaks.push(...found.pairs.slice(0, room).map((pair) => leakOf(source.file, other.file, pair)));
    }
  }
  const unlistedLeaks = leaks - report.leaks.length;
  return unlistedLeaks === 0 ? report : { ...report, unlistedLeaks };
}
