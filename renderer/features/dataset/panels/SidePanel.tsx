import { Box, Button, CloseButton, Group, Stack, Text, Title } from "@mantine/core";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { Checked } from "../document/useChecked.ts";
import { messages } from "../messages.ts";
import { DifferencePanel } from "./DifferencePanel.tsx";
import { DiversityPanel } from "./DiversityPanel.tsx";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { HeldoutPanel } from "./HeldoutPanel.tsx";
import { NeighboursPanel } from "./NeighboursPanel.tsx";
import type { PanelProps } from "./panelProps.ts";
import { panelsOf } from "./panels.ts";
import { StatisticsPanel } from "./StatisticsPanel.tsx";

const { panels: text } = messages;

interface SidePanelProps extends Omit<PanelProps, "revision"> {
  readonly panel: string;
  readonly checked: Checked;
  /** Number of rows in the document. */
  readonly rows: number;
  onPanel(panel: string): void;
}

/** Asks before a large file is checked. */
function AskFirst({ checked, rows }: Pick<SidePanelProps, "checked" | "rows">) {
  const again = checked.revision !== null;
  return (
    <Stack gap={8} align="flex-start" mb={again ? 12 : 0}>
      <Text c="dimmed">{again ? text.stale : text.large(pluralize(rows, "row"))}</Text>
      <Button variant={again ? "default" : "filled"} onClick={checked.ask}>
        {again ? text.checkAgain : text.check}
      </Button>
    </Stack>
  );
}

/** Shows one panel next to the rows. */
export function SidePanel({ panel, onPanel, checked, rows, ...rest }: SidePanelProps) {
  const props = { ...rest, revision: checked.revision ?? 0 };
  const asked = checked.revision !== null;
  const panels = panelsOf(rest.file.split(/[/\\]/).at(-1) ?? "");
  const shown = panels.find(({ id }) => id === panel) ?? panels[0];
  if (shown === undefined) return null;
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
        <Title order={2}>{asked && shown.id === "neighbours" ? text.neighboursTitle : shown.name}</Title>
        <CloseButton size="sm" aria-label={text.close} onClick={() => onPanel("none")} />
      </Group>
      <Box
        style={{ flex: 1, minHeight: 0, overflow: "auto" }}
        p={12}
        tabIndex={0}
        role="region"
        aria-label={text.list(shown.name)}
      >
        {asked && !checked.stale ? null : <AskFirst checked={checked} rows={rows} />}
        {asked && shown.id === "findings" ? <FindingsPanel {...props} /> : null}
        {asked && shown.id === "statistics" ? <StatisticsPanel {...props} /> : null}
        {asked && shown.id === "diversity" ? <DiversityPanel {...props} /> : null}
        {asked && shown.id === "neighbours" ? <NeighboursPanel {...props} /> : null}
        {asked && shown.id === "difference" ? <DifferencePanel {...props} /> : null}
        {asked && shown.id === "heldout" ? <HeldoutPanel {...props} /> : null}
      </Box>
    </Box>
  );
}
