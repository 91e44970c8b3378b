import { Table, type TableProps, type TableTdProps, type TableTrProps } from "@mantine/core";
import type { ReactNode } from "react";

export interface TableColumn<Row> {
  readonly title: ReactNode;
  readonly w?: number | string;
  /** The alignment of the title and the cells. */
  readonly ta?: "left" | "right";
  /** Other props of the cells. */
  readonly td?: TableTdProps | ((row: Row) => TableTdProps);
  cell(row: Row): ReactNode;
}

interface DataTableProps<Row> extends Omit<TableProps, "data" | "children"> {
  readonly caption?: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row, index: number): string | number;
  rowProps?(row: Row): TableTrProps;
}

/** A table with one row per entry of a list. Its columns are always the same. */
export function DataTable<Row>({ caption, columns, rows, keyOf, rowProps, ...table }: DataTableProps<Row>) {
  const cellProps = ({ ta, td }: TableColumn<Row>, row: Row) => ({
    ...(ta === undefined ? {} : { ta }),
    ...(typeof td === "function" ? td(row) : td),
  });
  return (
    <Table {...table}>
      {caption === undefined ? null : (
        <Table.Caption ta="left" mt={0}>
          {caption}
        </Table.Caption>
      )}
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title, cell, td, ...props }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their order
            <Table.Th key={at} {...props}>
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, index) => (
          <Table.Tr key={keyOf(row, index)} {...rowProps?.(row)}>
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their order
              <Table.Td key={at} {...cellProps(column, row)}>
                {column.cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
