import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";

/** The figures of a version's results; those before stay on screen while others are computed. */
export function useSummary(version: string, split: "dev" | "all") {
  return useQuery(
    useApi().evaluation.summary.queryOptions({
      input: { version, split },
      placeholderData: keepPreviousData,
    }),
  );
}
