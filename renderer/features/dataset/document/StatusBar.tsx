import { Group, Text } from "@mantine/core";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { DocumentState, OpenedDocument } from "../../../../shared/schema/document.ts";
import type { GridRange } from "../../../ui/grid/gridTypes.ts";
import { delimiterWords, encodingWords, newlineWords } from "../words.ts";

interface StatusBarProps {
  readonly opened: OpenedDocument;
  readonly state: DocumentState;
  /** Rows of the view; null: not known yet. */
  readonly shown: number | null;
  readonly filtered: boolean;
  readonly range: GridRange | null;
  readonly readOnly: string | null;
}

function rowsWords({ state, shown, filtered }: StatusBarProps): string {
  if (!state.exact) return `about ${pluralize(state.total, "row")}, still counting`;
  return filtered && shown !== null
    ? `${formatCount(shown)} of ${pluralize(state.total, "row")}`
    : pluralize(state.total, "row");
}

function rangeWords(range: GridRange | null): string {
  if (range === null) return "";
  const rows = range.last - range.first + 1;
  if (rows === 1 && range.columns.length === 1) return "";
  return `${formatCount(rows)} × ${range.columns.length} selected`;
}

/** What the file is, in one quiet line under its rows. */
export function StatusBar(props: StatusBarProps) {
  const { opened, range, readOnly } = props;
  const file = [
    encodingWords[opened.encoding] ?? opened.encoding,
    ...(opened.bom ? ["with mark"] : []),
    delimiterWords[opened.delimiter] ?? opened.delimiter,
    newlineWords[opened.newline],
    formatBytes(opened.bytes),
  ];
  return (
    <Group
      px={16}
      h={28}
      gap={16}
      justify="space-between"
      wrap="nowrap"
      className="nw-figures"
      style={{ borderTop: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
    >
      <Group gap={16} wrap="nowrap" style={{ minWidth: 0 }}>
        <Text size="xs" role="status" style={{ whiteSpace: "nowrap" }}>
          {rowsWords(props)}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {rangeWords(range)}
        </Text>
        {readOnly === null ? null : (
          <Text size="xs" c="dimmed" truncate title={readOnly}>
            Read only: {readOnly}
          </Text>
        )}
      </Group>
      <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {file.join(" · ")}
      </Text>
    </Group>
  );
}
