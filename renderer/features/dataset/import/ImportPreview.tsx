import { ScrollArea, Table, Text } from "@mantine/core";
import type { Inspection } from "../../../../shared/schema/document.ts";
import { messages } from "../messages.ts";

/** Previews the first rows of a file, with the new name of each column. */
export function ImportPreview({
  inspection,
  map,
}: {
  inspection: Inspection;
  map: Readonly<Record<string, string>>;
}) {
  const becomes = (column: string) => Object.entries(map).find(([, from]) => from === column)?.[0];
  return (
    <ScrollArea.Autosize
      mah={280}
      type="auto"
      tabIndex={0}
      viewportProps={{ tabIndex: 0, "aria-label": messages.import.firstRows }}
    >
      <Table withTableBorder withColumnBorders stickyHeader fz="xs">
        <Table.Thead>
          <Table.Tr>
            {inspection.columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
              <Table.Th key={at} style={{ verticalAlign: "top" }}>
                {column === "" ? messages.document.unnamedColumn(at + 1) : column}
                <Text size="xs" c={becomes(column) === undefined ? "dimmed" : "var(--nw-candidate)"}>
                  {becomes(column) === undefined ? messages.import.ignored : `→ ${becomes(column)}`}
                </Text>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inspection.rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows don't change
            <Table.Tr key={row}>
              {inspection.columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are identified by their column
                <Table.Td key={at} c={becomes(column) === undefined ? "dimmed" : "bright"}>
                  <Text size="xs" lineClamp={2} maw={320}>
                    {cells[at] ?? ""}
                  </Text>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
