import { Paper } from "@mantine/core";
import type { ReactNode } from "react";

/** Outlines a figure, which has its own title and margins. */
export function FigurePanel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper p={0} component="section" aria-label={title} h="100%" style={{ minWidth: 0, overflow: "hidden" }}>
      {children}
    </Paper>
  );
}
