import { localStorageColorSchemeManager, type MantineColorScheme } from "@mantine/core";

/** Light, dark, or as the system has it: kept for this browser. */
export const colorScheme = localStorageColorSchemeManager({ key: "namewright.color-scheme" });

/** Before the first paint, so that a dark screen does not flash. */
export function showChosenScheme(): void {
  const chosen: MantineColorScheme = colorScheme.get("auto");
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
}
