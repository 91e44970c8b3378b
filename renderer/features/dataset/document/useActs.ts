import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { View } from "../../../../shared/schema/document.ts";
import { useClient } from "../../../api/index.ts";
import type { GridColumn, GridRange } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import { messages } from "../messages.ts";
import { emptyRow } from "./datasetColumns.ts";
import type { DocumentHandle } from "./useDocument.ts";
import type { ViewState } from "./useView.ts";

/** Maximum number of rows that the service changes at once. */
const MOST_ROWS = 100_000;

/** Rows per request when an action applies to a large selection. */
const PAGE_ROWS = 1000;

const { document: text } = messages;

interface ActDependencies {
  readonly document: DocumentHandle;
  readonly columns: readonly GridColumn[];
  readonly range: GridRange | null;
  readonly view: View;
  goTo(row: number, column: number | null): Promise<void>;
}

/**
 * The actions on the open document, for buttons, keys, and the palette. Their promises don't reject: failures are
 * already shown.
 */
export function useActs({ document, columns, range, view, goTo }: ActDependencies) {
  const client = useClient();
  const { file } = document.opened;

  async function chosenRows(): Promise<number[]> {
    if (range === null) return [];
    if (range.last - range.first >= MOST_ROWS) {
      notice(text.tooMany(pluralize(MOST_ROWS, "row")), text.tooManyTitle);
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
  /** Ignores a failure that `useDocument` has already shown. */
  const settle = async (work: Promise<unknown>) => {
    await work.catch(() => {});
  };
  const act = (work: () => Promise<unknown>) => () => settle(work());

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
      notice(text.deleted(pluralize(rows.length, "row")));
    }),
    deleteRow: (row: number) => settle(document.edit({ kind: "delete-rows", rows: [row] })),
    fixAll: act(async () => {
      const { rows } = await document.edit({ kind: "fix", rows: null, name: null });
      notice(rows === 0 ? text.nothingToFix : text.fixed(pluralize(rows, "row")));
    }),
    fix: (row: number, name: string) => settle(document.edit({ kind: "fix", rows: [row], name })),
    paste: (row: number | null, into: readonly number[], block: readonly (readonly string[])[]) =>
      document.edit({
        kind: "paste",
        view,
        row,
        columns: [...into],
        block: block.map((line) => [...line]),
      }),
    replaceAll: (search: { find: string; replace: string; matchCase: boolean }) =>
      settle(
        document.edit({ kind: "replace-all", view, column: null, ...search }).then(({ cells }) => {
          notice(text.replaced(pluralize(cells, "cell")));
        }),
      ),
  };
}
export type Acts = ReturnType<typeof useActs>;

/** What the parts of the document's screen share. */
export interface DocumentParts {
  readonly document: DocumentHandle;
  readonly view: ViewState;
  readonly acts: Acts;
  /** Why the document can't be edited; null: it can. */
  readonly readOnly: string | null;
}
