import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { useLocation } from "wouter";
import { hrefOf } from "./screenHistory.ts";
import { screens } from "./screens.ts";

/** Handles the digits that open screens and `?` for the list of shortcuts, outside text fields. */
export function useShellKeys(workspaceId: string, current: string) {
  const [, navigate] = useLocation();
  const [listOpened, list] = useDisclosure(false);
  useHotkeys([
    ...screens.map(({ path }, index): [string, () => void] => [
      String(index + 1),
      () => navigate(hrefOf(workspaceId, path, current)),
    ]),
    // Some keyboards type `?` without Shift.
    ["shift+?", list.toggle],
    ["?", list.toggle],
  ]);
  return { listOpened, closeList: list.close };
}
