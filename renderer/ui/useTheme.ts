import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Theme } from "../../shared/schema/settings.ts";
import { useApi } from "../api/index.ts";

const schemeOf: Readonly<Record<Theme, MantineColorScheme>> = {
  system: "auto",
  light: "light",
  dark: "dark",
};

/** Sets the light, dark, or system theme immediately and stores it in the user's settings. */
export function useTheme() {
  const api = useApi();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keeping = useMutation(
    api.settings.update.mutationOptions({
      onSuccess: (settings) => queries.setQueryData(api.settings.get.queryKey(), settings),
    }),
  );
  const theme: Theme = colorScheme === "auto" ? "system" : colorScheme;
  return {
    theme,
    error: keeping.error,
    setTheme: (next: Theme) => {
      setColorScheme(schemeOf[next]);
      keeping.mutate({ theme: next });
    },
  };
}

/**
 * Applies the theme stored in the user's settings, which may come from another browser or the desktop. `system`
 * changes nothing, because it is also the default.
 */
export function useKeptTheme(): void {
  const kept = useQuery(useApi().settings.get.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data
    ?.theme;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (kept === "light" || kept === "dark") setColorScheme(kept);
  }, [kept, setColorScheme]);
}
