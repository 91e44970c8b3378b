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

/** Light, dark or as the system has it: at once on this screen, and kept in the user's settings for the next. */
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
 * Takes over what the user's settings say: chosen in another browser, or in the desktop's window. `system` is also what
 * they say where nobody has chosen, so that it changes nothing.
 */
export function useKeptTheme(): void {
  const kept = useQuery(useApi().settings.get.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data
    ?.theme;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (kept === "light" || kept === "dark") setColorScheme(kept);
  }, [kept, setColorScheme]);
}
