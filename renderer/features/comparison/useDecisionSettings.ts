import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type DecisionSettings, DecisionSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { DecisionChanges } from "../../../shared/schema/decisionSettings.ts";
import { useApi } from "../../api/index.ts";
import { withChange } from "./settingFields.ts";

/** What differs from the workspace's decision settings on this screen, and how to keep or drop it. */
export interface SettingsState {
  readonly changes: DecisionChanges;
  readonly isSaving: boolean;
  readonly error: unknown;
  change(more: DecisionChanges): void;
  /** Returns to the workspace's settings. */
  reset(): void;
  /** Makes these the workspace's settings. */
  save(settings: DecisionSettings): void;
}

export function useDecisionSettings(): SettingsState {
  const api = useApi();
  const client = useQueryClient();
  const [changes, setChanges] = useState<DecisionChanges>({});
  const saving = useMutation(
    api.comparison.saveSettings.mutationOptions({
      onSuccess: async () => {
        // The revisions hold the settings, so that comparisons by the old ones aren't shown again.
        await client.invalidateQueries({ queryKey: api.comparison.revision.key() });
        // So do figures of cost elsewhere.
        void client.invalidateQueries({ queryKey: api.evaluation.key() });
        void client.invalidateQueries({ queryKey: api.operatingPoint.key() });
        setChanges({});
      },
    }),
  );
  return {
    changes,
    isSaving: saving.isPending,
    error: saving.error,
    change: (more) => setChanges((before) => withChange(before, more)),
    reset: () => {
      saving.reset();
      setChanges({});
    },
    save: ({ margins, limits, costs, prevalence, lookBudget }) =>
      saving.mutate(DecisionSettingsSchema.parse({ margins, limits, costs, prevalence, lookBudget })),
  };
}
