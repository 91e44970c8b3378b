import { Group, Text } from "@mantine/core";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { Caption } from "../../../ui/Caption.ts";
import type { GridRange } from "../../../ui/grid/gridTypes.ts";
import { delimiterNames, encodingNames, messages, newlineNames } from "../messages.ts";
import type { DocumentParts } from "./useActs.ts";

const { status: text } = messages;

interface StatusBarProps extends DocumentParts {
  /** Rows in the view; null: not loaded yet. */
  readonly shown: number | null;
  readonly range: GridRange | null;
}

function describeRows({ document: { state }, view, shown }: StatusBarProps): string {
  if (!state.exact) return text.counting(pluralize(state.total, "row"));
  return view.filtered && shown !== null
    ? text.filtered(formatCount(shown), pluralize(state.total, "row"))
    : pluralize(state.total, "row");
}

function describeRange(range: GridRange | null): string {
  if (range === null) return "";
  const rows = range.last - range.first + 1;
  if (rows === 1 && range.columns.length === 1) return "";
  return text.selected(formatCount(rows), range.columns.length);
}

/** Shows the row count, the selection, and the file's format below the rows. */
export function StatusBar(props: StatusBarProps) {
  const { range, readOnly } = props;
  const { opened } = props.document;
  const file = [
    encodingNames[opened.encoding] ?? opened.encoding,
    ...(opened.bom ? [text.bom] : []),
    delimiterNames[opened.delimiter] ?? opened.delimiter,
    newlineNames[opened.newline],
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
      <Group gap={16} wrap="nowrap" miw={0}>
        <Text size="xs" role="status" style={{ whiteSpace: "nowrap" }}>
          {describeRows(props)}
        </Text>
        <Caption style={{ whiteSpace: "nowrap" }}>{describeRange(range)}</Caption>
        {readOnly === null ? null : (
          <Caption truncate title={readOnly}>
            {text.readOnly(readOnly)}
          </Caption>
        )}
      </Group>
      <Caption style={{ whiteSpace: "nowrap" }}>{file.join(" · ")}</Caption>
    </Group>
  );
}
