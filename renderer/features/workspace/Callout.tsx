import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { messages } from "./messages.ts";

/** Marks a part of a version. `stale`: it is out of date; `wrong`: a problem that blocks the next step. */
export function Callout({ kind, children }: { kind: "stale" | "wrong"; children: ReactNode }) {
  return (
    <Text size="xs" c="var(--nw-worse)" mt={4}>
      {messages.calloutPrefix[kind]}
      {children}
    </Text>
  );
}
