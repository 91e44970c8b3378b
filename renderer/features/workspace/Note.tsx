import { Text } from "@mantine/core";
import type { ReactNode } from "react";

/** A line beside what it is about. `stale`: it no longer fits the rest; `wrong`: it keeps the loop from going on. */
export function Note({ kind, children }: { kind: "stale" | "wrong"; children: ReactNode }) {
  return (
    <Text size="xs" c="var(--nw-worse)" mt={4}>
      {kind === "stale" ? "Stale: " : "Wrong: "}
      {children}
    </Text>
  );
}
