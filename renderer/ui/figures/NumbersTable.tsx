import { ScrollArea, Table } from "@mantine/core";
import { type ChartTable, shownText } from "./chartTable.ts";

/** Shows a figure's data as a table. */
export function NumbersTable({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  const align = (column: number) => (table.columns[column]?.numeric ? "right" : "left");
  return (
    <ScrollArea.Autosize
      mah={420}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": title }}
    >
      <Table captionSide="top" stickyHeader>
        <Table.Caption ta="left" mt={0}>
          {title}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map(({ name }, column) => (
              <Table.Th key={name} ta={align(column)}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a figure have no other key and keep their order
            <Table.Tr key={index}>
              {row.map((cell, column) => (
                <Table.Td key={table.columns[column]?.name ?? column} ta={align(column)}>
                  {shownText(cell)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
