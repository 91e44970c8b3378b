import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SettingSource, Settings } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";

export interface SectionProps {
  readonly settings: Settings;
}

/** Changes settings; what the host says of them afterwards is what is shown. */
export function useSettingsChange() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.settings.update.mutationOptions({
      onSuccess: (settings) => queries.setQueryData(api.settings.get.queryKey(), settings),
    }),
  );
}

/** Whether a value stands outside the settings, where this screen cannot change it. */
export function isOutside(source: SettingSource): boolean {
  return source === "environment" || source === "dotenv";
}

/** Where a value that this screen cannot change stands. */
export function sourceWords(source: SettingSource, variable: string): string {
  return source === "dotenv" ? `Set by ${variable} in .env` : `Set by ${variable} in the environment`;
}
