import { Box, CloseButton, Group, Title } from "@mantine/core";
import type { Acts } from "../document/useActs.ts";
import type { ViewState } from "../document/useView.ts";
import { DifferencePanel } from "./DifferencePanel.tsx";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { NeighboursPanel } from "./NeighboursPanel.tsx";
import { panels } from "./panels.ts";
import { StatisticsPanel } from "./StatisticsPanel.tsx";

export interface PanelProps {
  readonly file: string;
  readonly revision: number;
  /** False: the file is still being looked through. */
  readonly exact: boolean;
  readonly readOnly: boolean;
  readonly acts: Acts;
  readonly view: ViewState;
  onGoTo(row: number, column: number | null): Promise<void>;
}

/** One panel beside the rows. */
export function SidePanel({
  panel,
  onPanel,
  ...props
}: PanelProps & { panel: string; onPanel(panel: string): void }) {
  const shown = panels.find(({ id }) => id === panel) ?? panels[0];
  return (
    <Box
      component="aside"
      aria-label={shown.name}
      style={{
        width: "clamp(280px, 24vw, 400px)",
        flexShrink: 0,
        borderLeft: "1px solid var(--mantine-color-default-border)",
        display: "flex",
        flexDirection: "column",
        minHeight: 0,
      }}
    >
      <Group
        px={12}
        h={33}
        justify="space-between"
        wrap="nowrap"
        style={{ borderBottom: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
      >
        <Title order={2}>{shown.id === "neighbours" ? "Duplicates and leaks" : shown.name}</Title>
        <CloseButton size="sm" aria-label="Close the panel" onClick={() => onPanel("none")} />
      </Group>
      <Box
        style={{ flex: 1, minHeight: 0, overflow: "auto" }}
        p={12}
        tabIndex={0}
        role="region"
        aria-label={`${shown.name}, list`}
      >
        {shown.id === "findings" ? <FindingsPanel {...props} /> : null}
        {shown.id === "statistics" ? <StatisticsPanel {...props} /> : null}
        {shown.id === "neighbours" ? <NeighboursPanel {...props} /> : null}
        {shown.id === "difference" ? <DifferencePanel {...props} /> : null}
      </Box>
    </Box>
  );
}
