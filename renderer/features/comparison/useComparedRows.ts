import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  AlignedFilterSchema,
  AlignedQuerySchema,
  type ComparedPage,
} from "../../../shared/schema/alignedRows.ts";
import { SplitChoiceSchema } from "../../../shared/schema/evaluationRows.ts";
import { OverallCategorySchema } from "../../../shared/schema/report.ts";
import { useApi } from "../../api/index.ts";
import { useUrlGroup } from "../../ui/useUrlGroup.ts";

/** Rows on one page. */
export const pageSize = 50;

const first = {
  filter: "all",
  split: "dev",
  q: "",
  /** "*": any; "": rows without a slice. */
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
    slice: url.slice === "*" ? null : url.slice,
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
  const page = useQuery(
    api.comparison.rows.queryOptions({
      input: { baseline, candidate, query },
      placeholderData: keepPreviousData,
    }),
  );
  const opening = useMutation(
    api.comparison.openHeldout.mutationOptions({
      onSuccess: async (heldout) => {
        queries.setQueriesData<ComparedPage>(
          { queryKey: api.comparison.rows.key() },
          (before) => before && { ...before, heldout },
        );
        narrow({ split: "heldout" });
        await queries.invalidateQueries({ queryKey: api.comparison.rows.key() });
      },
    }),
  );
  /** Another condition begins at its first page. */
  const narrow = (change: Partial<RowsUrl>): void => setUrl({ page: "0", ...change });
  return {
    query,
    url,
    page,
    narrow,
    turn: (to: number) => setUrl({ page: String(to) }),
    open: () => opening.mutate({ baseline, candidate }),
    opening,
  };
}
export type ComparedRowsState = ReturnType<typeof useComparedRows>;
