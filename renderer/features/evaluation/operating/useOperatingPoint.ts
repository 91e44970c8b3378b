import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ComparisonSettingsSchema } from "../../../../shared/schema/comparison.ts";
import type { OperatingRequest } from "../../../../shared/schema/operatingPoint.ts";
import { useApi, useClient } from "../../../api/index.ts";

/** Loads a version's operating point at the costs on screen, and applies it. Earlier figures stay until then. */
export function useOperatingPoint(version: string) {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Omit<OperatingRequest, "version">>({
    costs: ComparisonSettingsSchema.parse({}).costs,
    harmfulShare: null,
  });
  const input = { version, ...asked };
  const point = useQuery(api.operatingPoint.show.queryOptions({ input, placeholderData: keepPreviousData }));
  const apply = useMutation({
    mutationFn: () => client.operatingPoint.apply(input),
    onSuccess: () => queries.invalidateQueries(),
  });
  const change = (next: typeof asked): void => {
    // The message about the applied threshold isn't about other costs.
    apply.reset();
    setAsked(next);
  };
  return { asked, change, point, apply };
}
