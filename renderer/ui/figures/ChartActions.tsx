import { Button, Group, Menu } from "@mantine/core";

interface ChartActionsProps {
  readonly title: string;
  readonly asTable: boolean;
  onToggle(): void;
  onExport(kind: ExportKind): void;
}

export type ExportKind = "png" | "svg" | "csv";

const kinds: readonly { kind: ExportKind; label: string }[] = [
  { kind: "png", label: "PNG, a picture" },
  { kind: "svg", label: "SVG, a drawing" },
  { kind: "csv", label: "CSV, the numbers" },
];

/** What can be done with any figure: see its numbers, take it away. */
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
          {kinds.map(({ kind, label }) => (
            // A picture needs the drawing; the table has none.
            <Menu.Item key={kind} disabled={asTable && kind !== "csv"} onClick={() => onExport(kind)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
