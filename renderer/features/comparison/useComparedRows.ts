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

/** Rows on one page. */
export const pageSize = 50;

const first = {
  filter: "all",
  split: "dev",
  q: "",
  /** "*": any; else a list, "" being rows without a slice. */
  slice: "*",
  from: "",
  to: "",
  order: "row",
  page: "0",
};
export type RowsUrl = typeof first;

/** The query that the URL asks for; what cannot be read there asks nothing. */
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

/** The rows of two files side by side, as the URL asks for them. */
export function useComparedRows(baseline: string, candidate: string) {
  const api = useApi();
  const queries = useQueryClient();
  const [url, setUrl] = useUrlGroup(first);
  const query = queryFromUrl(url);
  const ofThisPair = api.comparison.rows.key({ input: { baseline, candidate } });
  const page = useQuery(
    api.comparison.rows.queryOptions({
      input: { baseline, candidate, query },
      // What other files did would stand under these files' names.
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
  /** Another condition begins at its first page. */
  const narrow = (change: Partial<RowsUrl>): void => setUrl({ page: "0", ...change });
  /** The rows that a figure counts: those it covers, by no condition of before. */
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
