import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";

/** Loads the figures of a version's results. The previous figures stay on screen in the meantime. */
export function useSummary(version: string, split: "dev" | "all") {
  return useQuery(
    useApi().evaluation.summary.queryOptions({
      input: { version, split },
      placeholderData: keepPreviousData,
    }),
  );
}
