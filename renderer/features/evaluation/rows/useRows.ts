import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";
import { filterOf, sortOf, splitOf } from "../filterUrl.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

/** Rows of one page. */
export const pageRows = 50;

/** What the URL asks of a version's rows. */
export function useRowQuery(url: EvaluateUrl) {
  const page = Math.max(1, Number(url.params.get("page")) || 1);
  return {
    filter: filterOf(url.params),
    sort: sortOf(url.params.get("sort")),
    split: splitOf(url.params.get("split")),
    page,
  };
}
export type RowQuery = ReturnType<typeof useRowQuery>;

/** One page of rows; the one before stays on screen until it is there. */
export function useRows(version: string, { filter, sort, split, page }: RowQuery) {
  return useQuery(
    useApi().evaluation.rows.queryOptions({
      input: { version, filter, sort, split, offset: (page - 1) * pageRows, limit: pageRows },
      placeholderData: keepPreviousData,
    }),
  );
}
