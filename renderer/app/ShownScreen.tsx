import { useState } from "react";
import type { Screen } from "./screens.ts";

/**
 * A screen, at once where its chunk is there already: `lazy` would show its fallback first, which React then keeps for
 * some 0.3 s. What is shown stays the same component for as long as it is.
 */
export function ShownScreen({ screen }: { screen: Screen }) {
  const [Component] = useState(screen.component);
  return <Component />;
}
