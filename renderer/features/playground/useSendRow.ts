import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Failure } from "../../../shared/domain/failure.ts";
import { type NewRow, rowCells } from "../../../shared/domain/playground/rowCells.ts";
import { useApi, useClient } from "../../api/index.ts";
import { messages } from "./messages.ts";

/** Appends a row to a dataset as an unsaved edit. Throws `Failure` (bad-value) if the columns are missing. */
export function useSendRow(onSent: (file: string) => void) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, row }: { file: string; row: NewRow }) => {
      const { header, name, state } = await client.dataset.document.open({ file });
      const cells = rowCells(header, row);
      if (cells === null) {
        throw new Failure("bad-value", messages.send.wrongColumns(name), {
          hint: messages.send.wrongColumnsHint,
        });
      }
      await client.dataset.document.edit({
        file,
        baseRevision: state.revision,
        command: { kind: "add-rows", after: null, rows: [cells] },
      });
      return name;
    },
    onSuccess: async (name) => {
      await queries.invalidateQueries({ queryKey: api.dataset.key() });
      onSent(name);
    },
  });
}
