import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Failure } from "../../../shared/domain/failure.ts";
import { type NewRow, rowCells } from "../../../shared/domain/playground/rowCells.ts";
import { useApi, useClient } from "../../api/index.ts";

/** Adds a row at a dataset's end, as an edit that can be undone there and is saved there. */
export function useSendRow(onSent: (file: string) => void) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, row }: { file: string; row: NewRow }) => {
      const { header, name, state } = await client.dataset.document.open({ file });
      const cells = rowCells(header, row);
      if (cells === null) {
        throw new Failure("bad-value", `${name} has no columns description and suggestions`, {
          hint: "Choose another dataset, or give it these columns.",
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
