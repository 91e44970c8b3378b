import { ScrollArea } from "@mantine/core";
import { DataTable, type TableColumn } from "../../ui/DataTable.tsx";

interface StudyTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row, index: number): string | number;
}

/** A table that scrolls sideways in a narrow window, also by keyboard. */
export function StudyTable<Row>({ caption, ...table }: StudyTableProps<Row>) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": caption }}>
      <DataTable caption={caption} captionSide="top" w="auto" {...table} />
    </ScrollArea>
  );
}
