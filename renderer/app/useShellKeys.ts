import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { useLocation } from "wouter";
import { placeOf } from "./screenHistory.ts";
import { screens } from "./screens.ts";

/** Digits for the screens and `?` for the list of keys. Where one types, they are letters. */
export function useShellKeys(workspaceId: string, current: string) {
  const [, navigate] = useLocation();
  const [listOpened, list] = useDisclosure(false);
  useHotkeys([
    ...screens.map(({ path }, index): [string, () => void] => [
      String(index + 1),
      () => navigate(placeOf(workspaceId, path, current)),
    ]),
    // With Shift on most keyboards, without it on some.
    ["shift+?", list.toggle],
    ["?", list.toggle],
  ]);
  return { listOpened, closeList: list.close };
}
