import { localStorageColorSchemeManager, type MantineColorScheme } from "@mantine/core";

/** The light, dark or system theme, stored in this browser. */
export const colorScheme = localStorageColorSchemeManager({ key: "namewright.color-scheme" });

/** Applies the stored theme before the first paint, so that a dark screen doesn't flash. */
export function showChosenScheme(): void {
  const chosen: MantineColorScheme = colorScheme.get("auto");
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
}
