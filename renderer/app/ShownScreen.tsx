import { useState } from "react";
import type { Screen } from "./screens.ts";

/**
 * Shows a screen without delay if its chunk is already loaded. `lazy` would show its fallback first, which React then
 * keeps for about 0.3 s. The component stays the same until the screen changes.
 */
export function ShownScreen({ screen }: { screen: Screen }) {
  const [Component] = useState(screen.component);
  return <Component />;
}
