import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OperatingRequest } from "../../../../shared/schema/operatingPoint.ts";
import { useApi, useClient } from "../../../api/index.ts";

/** How long to wait after a change before the figures are requested, in milliseconds. */
const settleMs = 250;

/**
 * Loads a version's operating point at the costs on screen, at first the workspace's, and applies it. Earlier figures
 * stay until then.
 */
export function useOperatingPoint(version: string) {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Omit<OperatingRequest, "version">>({});
  const [settled] = useDebouncedValue(asked, settleMs);
  const input = { version, ...settled };
  const point = useQuery(api.operatingPoint.show.queryOptions({ input, placeholderData: keepPreviousData }));
  const apply = useMutation({
    mutationFn: () => client.operatingPoint.apply(input),
    onSuccess: () => queries.invalidateQueries(),
  });
  // Until then the figures on screen, and what would be applied, are those of earlier costs.
  const outdated = settled !== asked || point.isPlaceholderData;
  const change = (next: typeof asked): void => {
    // The message about the applied threshold isn't about other costs.
    apply.reset();
    setAsked(next);
  };
  return { asked, change, point, outdated, apply };
}
