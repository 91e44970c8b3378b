import { ActionIcon, Button, Group, Select, Tooltip } from "@mantine/core";
import { columnIndex } from "../../../../shared/domain/csv/table.ts";
import { SearchBox } from "../../../ui/SearchBox.tsx";
import { describeRule, messages } from "../messages.ts";
import { panelsOf } from "../panels/panels.ts";
import type { DocumentParts } from "./useActs.ts";
import type { Shown } from "./useView.ts";

const { toolbar: text } = messages;

interface ToolbarProps extends DocumentParts {
  readonly hasRange: boolean;
  readonly panel: string;
  onPanel(panel: string): void;
  onFind(): void;
}

function choices(header: readonly string[], shown: string): { value: string; label: string }[] {
  const labelled = columnIndex({ header }, "label") >= 0;
  return [
    { value: "all", label: text.all },
    { value: "names", label: text.names },
    { value: "refusals", label: text.refusals },
    ...(labelled
      ? [
          { value: "label:safe", label: text.safe },
          { value: "label:harmful", label: text.harmful },
        ]
      : []),
    { value: "findings", label: text.findings },
    { value: "edited", label: text.edited },
    ...(shown.startsWith("rule:") ? [{ value: shown, label: describeRule(shown.slice(5)) }] : []),
  ];
}

/** The toolbar above the rows: filters and actions. */
export function Toolbar(props: ToolbarProps) {
  const { document, view, acts, readOnly, hasRange, panel, onPanel, onFind } = props;
  const { state } = document;
  return (
    <Group
      gap={8}
      px={16}
      py={8}
      wrap="nowrap"
      justify="space-between"
      style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}
    >
      <Group gap={8} wrap="nowrap" flex={1} miw={0}>
        <SearchBox
          label={text.filter}
          placeholder={text.filter}
          flex="1 1 180px"
          miw={90}
          maw={240}
          text={view.text}
          onChange={view.setText}
        />
        <Select
          aria-label={text.rows}
          w={132}
          flex="none"
          data={choices(document.opened.header, view.shown)}
          value={view.shown}
          onChange={(value) => view.setShown((value ?? "all") as Shown)}
        />
        <Button variant="default" px={10} flex="none" onClick={onFind}>
          {text.find}
        </Button>
        {readOnly === null ? (
          <Group gap={8} wrap="nowrap" flex="none">
            <Button variant="default" px={10} onClick={acts.addRow}>
              {text.addRow}
            </Button>
            <Button variant="default" px={10} disabled={!hasRange} onClick={acts.duplicateRows}>
              {text.duplicate}
            </Button>
            <Button variant="default" px={10} disabled={!hasRange} onClick={acts.deleteRows}>
              {text.remove}
            </Button>
            <Tooltip label={state.undo === null ? text.nothingToUndo : text.undoEdit(state.undo)}>
              <ActionIcon
                variant="default"
                size={30}
                aria-label={text.undo}
                disabled={state.undo === null}
                onClick={acts.undo}
              >
                ↶
              </ActionIcon>
            </Tooltip>
            <Tooltip label={state.redo === null ? text.nothingToRedo : text.redoEdit(state.redo)}>
              <ActionIcon
                variant="default"
                size={30}
                aria-label={text.redo}
                disabled={state.redo === null}
                onClick={acts.redo}
              >
                ↷
              </ActionIcon>
            </Tooltip>
          </Group>
        ) : null}
      </Group>
      <Select
        aria-label={text.panel}
        w={124}
        flex="none"
        data={[
          ...panelsOf(document.opened.name).map(({ id, name }) => ({ value: id, label: name })),
          { value: "none", label: text.noPanel },
        ]}
        value={panel}
        onChange={(value) => onPanel(value ?? "none")}
      />
    </Group>
  );
}
