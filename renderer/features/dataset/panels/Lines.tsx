import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface LineProps {
  readonly name: string;
  readonly value: string;
  readonly beside?: string;
}

/** One figure of a panel. */
export function Line({ name, value, beside }: LineProps) {
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        {value}
      </Table.Td>
      <Table.Td ta="right" c="dimmed">
        {beside ?? ""}
      </Table.Td>
    </Table.Tr>
  );
}

/** A table of figures without lines between them. */
export function Lines({ children }: { children: ReactNode }) {
  return (
    <Table withRowBorders={false} horizontalSpacing={0} verticalSpacing={1}>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}
