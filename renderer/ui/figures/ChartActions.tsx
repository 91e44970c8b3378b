import { Button, Group, Menu } from "@mantine/core";
import { messages } from "../messages.ts";

interface ChartActionsProps {
  readonly title: string;
  readonly asTable: boolean;
  onToggle(): void;
  onExport(kind: ExportKind): void;
}

export type ExportKind = "png" | "svg" | "csv";

const kinds: readonly ExportKind[] = ["png", "svg", "csv"];

/** The actions of a figure: show its table, export it. */
export function ChartActions({ title, asTable, onToggle, onExport }: ChartActionsProps) {
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        aria-pressed={asTable}
        aria-label={`${asTable ? "Chart" : "Table"} of ${title}`}
        onClick={onToggle}
      >
        {asTable ? "Chart" : "Table"}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-xs" aria-label={`Export ${title}`}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            // Images need the drawing, which the table doesn't have.
            <Menu.Item key={kind} disabled={asTable && kind !== "csv"} onClick={() => onExport(kind)}>
              {messages.chart.exports[kind]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
