import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { View } from "../../../../shared/schema/document.ts";
import { useClient } from "../../../api/index.ts";
import type { GridColumn, GridRange } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import { emptyRow } from "./datasetColumns.ts";
import type { DocumentHandle } from "./useDocument.ts";

/** More rows than the service changes at once. */
const MOST_ROWS = 100_000;

/** So many rows are asked for at once when a large selection is acted on. */
const PAGE_ROWS = 1000;

interface ActSetting {
  readonly document: DocumentHandle;
  readonly columns: readonly GridColumn[];
  readonly range: GridRange | null;
  readonly view: View;
  goTo(row: number, column: number | null): Promise<void>;
}

/** What a person does to the open document, by button, key or palette. A failure has been told when a promise is back. */
export function useActs({ document, columns, range, view, goTo }: ActSetting) {
  const client = useClient();
  const { file } = document.opened;

  async function chosenRows(): Promise<number[]> {
    if (range === null) return [];
    if (range.last - range.first >= MOST_ROWS) {
      notice(
        `Choose at most ${pluralize(MOST_ROWS, "row")} at once; filter them first.`,
        "Nothing was changed",
      );
      return [];
    }
    const ids: number[] = [];
    for (let offset = range.first; offset <= range.last; offset += PAGE_ROWS) {
      const limit = Math.min(PAGE_ROWS, range.last - offset + 1);
      ids.push(
        ...(await client.dataset.document.rows({ file, view, offset, limit })).rows.map(({ id }) => id),
      );
    }
    return ids;
  }
  /** The person has been told already. */
  const told = async (work: Promise<unknown>) => {
    await work.catch(() => {});
  };
  const act = (work: () => Promise<unknown>) => () => told(work());

  return {
    save: act(() => document.save()),
    undo: act(async () => {
      const { touched } = await document.edit({ kind: "undo" });
      if (touched[0] !== undefined) await goTo(touched[0], null);
    }),
    redo: act(async () => {
      const { touched } = await document.edit({ kind: "redo" });
      if (touched[0] !== undefined) await goTo(touched[0], null);
    }),
    addRow: act(async () => {
      const last = (await chosenRows()).at(-1);
      const { touched } = await document.edit({
        kind: "add-rows",
        after: last ?? null,
        rows: [emptyRow(columns)],
      });
      if (touched[0] !== undefined) await goTo(touched[0], columns[0]?.index ?? null);
    }),
    duplicateRows: act(async () => {
      const rows = await chosenRows();
      if (rows.length > 0) await document.edit({ kind: "duplicate-rows", rows });
    }),
    deleteRows: act(async () => {
      const rows = await chosenRows();
      if (rows.length === 0) return;
      await document.edit({ kind: "delete-rows", rows });
      notice(
        `${pluralize(rows.length, "row")} deleted. Ctrl+Z brings ${rows.length === 1 ? "it" : "them"} back.`,
      );
    }),
    deleteRow: (row: number) => told(document.edit({ kind: "delete-rows", rows: [row] })),
    fixAll: act(async () => {
      const { rows } = await document.edit({ kind: "fix", rows: null, name: null });
      notice(rows === 0 ? "There is nothing that can be fixed safely" : `Fixed in ${pluralize(rows, "row")}`);
    }),
    fix: (row: number, name: string) => told(document.edit({ kind: "fix", rows: [row], name })),
    paste: (row: number | null, into: readonly number[], block: readonly (readonly string[])[]) =>
      document.edit({
        kind: "paste",
        view,
        row,
        columns: [...into],
        block: block.map((line) => [...line]),
      }),
    replaceAll: (search: { find: string; replace: string; matchCase: boolean }) =>
      told(
        document.edit({ kind: "replace-all", view, column: null, ...search }).then(({ cells }) => {
          notice(`Replaced in ${pluralize(cells, "cell")}`);
        }),
      ),
  };
}
export type Acts = ReturnType<typeof useActs>;
