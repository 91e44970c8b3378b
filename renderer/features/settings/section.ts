import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SettingSource, Settings } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";

export interface SectionProps {
  readonly settings: Settings;
}

/** Saves settings and shows what the host returns. */
export function useSettingsChange() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.settings.update.mutationOptions({
      onSuccess: (settings) => queries.setQueryData(api.settings.get.queryKey(), settings),
    }),
  );
}

/** Returns true if a value is set outside the settings, so that this screen can't change it. */
export function isOutside(source: SettingSource): boolean {
  return source === "environment" || source === "dotenv";
}
