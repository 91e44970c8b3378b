import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";
import { filterOf, sortOf, splitOf } from "../filterUrl.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

/** Rows per page. */
export const pageRows = 50;

/** Returns the filter, sort, split, and page in the URL. */
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

/** Loads one page of rows. The previous page stays on screen in the meantime. */
export function useRows(version: string, { filter, sort, split, page }: RowQuery) {
  return useQuery(
    useApi().evaluation.rows.queryOptions({
      input: { version, filter, sort, split, offset: (page - 1) * pageRows, limit: pageRows },
      placeholderData: keepPreviousData,
    }),
  );
}
