import { partialMatchKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  AlignedFilterSchema,
  AlignedQuerySchema,
  type ComparedPage,
} from "../../../shared/schema/alignedRows.ts";
import { SplitChoiceSchema } from "../../../shared/schema/evaluationRows.ts";
import { OverallCategorySchema } from "../../../shared/schema/report.ts";
import { useApi } from "../../api/index.ts";
import { useUrlGroup } from "../../ui/useUrlGroup.ts";
import { listFromUrl } from "./selection.ts";

/** Rows per page. */
export const pageSize = 50;

const first = {
  filter: "all",
  split: "dev",
  q: "",
  /** "*": all slices; otherwise a list, in which "" means rows without a slice. */
  slice: "*",
  from: "",
  to: "",
  order: "row",
  page: "0",
};
export type RowsUrl = typeof first;

/** Returns the query in the URL. Invalid values are ignored. */
export function queryFromUrl(url: RowsUrl) {
  const page = Number(url.page);
  return AlignedQuerySchema.parse({
    split: SplitChoiceSchema.safeParse(url.split).data ?? "dev",
    filter: AlignedFilterSchema.safeParse(url.filter).data ?? "all",
    from: OverallCategorySchema.safeParse(url.from).data ?? null,
    to: OverallCategorySchema.safeParse(url.to).data ?? null,
    slices: url.slice === "*" ? null : listFromUrl(url.slice),
    text: url.q.slice(0, 500),
    order: url.order === "change" ? "change" : "row",
    offset: Number.isSafeInteger(page) && page > 0 ? page * pageSize : 0,
    limit: pageSize,
  });
}

/** Loads the rows of two files side by side, filtered by the URL. */
export function useComparedRows(baseline: string, candidate: string) {
  const api = useApi();
  const queries = useQueryClient();
  const [url, setUrl] = useUrlGroup(first);
  const query = queryFromUrl(url);
  const ofThisPair = api.comparison.rows.key({ input: { baseline, candidate } });
  const page = useQuery(
    api.comparison.rows.queryOptions({
      input: { baseline, candidate, query },
      // Rows of other files must not appear under these files' names.
      placeholderData: (before, last) =>
        last !== undefined && partialMatchKey(last.queryKey, ofThisPair) ? before : undefined,
    }),
  );
  const opening = useMutation(
    api.comparison.openHeldout.mutationOptions({
      onSuccess: async (heldout) => {
        queries.setQueriesData<ComparedPage>(
          { queryKey: ofThisPair },
          (before) => before && { ...before, heldout },
        );
        narrow({ split: "heldout" });
        await queries.invalidateQueries({ queryKey: ofThisPair });
      },
    }),
  );
  /** Applies a filter and returns to the first page. */
  const narrow = (change: Partial<RowsUrl>): void => setUrl({ page: "0", ...change });
  /** Shows the rows behind a figure, without the earlier filters. */
  const reveal = (covers: "heldout" | "all", change: Partial<RowsUrl>): void =>
    setUrl({ ...first, order: url.order, split: covers === "heldout" ? "heldout" : "dev", ...change });
  return {
    query,
    url,
    page,
    narrow,
    reveal,
    turn: (to: number) => setUrl({ page: String(to) }),
    open: () => opening.mutate({ baseline, candidate }),
    opening,
  };
}
export type ComparedRowsState = ReturnType<typeof useComparedRows>;
