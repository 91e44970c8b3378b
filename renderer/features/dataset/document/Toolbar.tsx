import { ActionIcon, Button, Group, Select, Tooltip } from "@mantine/core";
import { columnIndex } from "../../../../shared/domain/csv/table.ts";
import type { DocumentState } from "../../../../shared/schema/document.ts";
import { SearchBox } from "../../../ui/SearchBox.tsx";
import { panels } from "../panels/panels.ts";
import { ruleWords } from "../words.ts";
import type { Acts } from "./useActs.ts";
import type { Shown, ViewState } from "./useView.ts";

interface ToolbarProps {
  readonly header: readonly string[];
  readonly view: ViewState;
  readonly state: DocumentState;
  readonly acts: Acts;
  readonly readOnly: string | null;
  readonly hasRange: boolean;
  readonly panel: string;
  onPanel(panel: string): void;
  onFind(): void;
}

function choices(header: readonly string[], shown: string): { value: string; label: string }[] {
  const labelled = columnIndex({ header }, "label") >= 0;
  return [
    { value: "all", label: "All rows" },
    { value: "names", label: "With names" },
    { value: "refusals", label: "Refusals" },
    ...(labelled
      ? [
          { value: "label:safe", label: "Label safe" },
          { value: "label:harmful", label: "Label harmful" },
        ]
      : []),
    { value: "findings", label: "With findings" },
    { value: "edited", label: "Edited" },
    ...(shown.startsWith("rule:") ? [{ value: shown, label: ruleWords(shown.slice(5)) }] : []),
  ];
}

/** What is shown and what can be done, in one line over the rows. */
export function Toolbar(props: ToolbarProps) {
  const { header, view, state, acts, readOnly, hasRange, panel, onPanel, onFind } = props;
  return (
    <Group
      gap={8}
      px={16}
      py={8}
      wrap="nowrap"
      justify="space-between"
      style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}
    >
      <Group gap={8} wrap="nowrap" style={{ flex: 1, minWidth: 0 }}>
        <SearchBox
          label="Filter rows"
          placeholder="Filter rows"
          style={{ flex: "1 1 180px", minWidth: 90, maxWidth: 240 }}
          text={view.text}
          onChange={view.setText}
        />
        <Select
          aria-label="Rows shown"
          w={132}
          style={{ flexShrink: 0 }}
          data={choices(header, view.shown)}
          value={view.shown}
          onChange={(value) => view.setShown((value ?? "all") as Shown)}
        />
        <Button variant="default" px={10} style={{ flexShrink: 0 }} onClick={onFind}>
          Find
        </Button>
        {readOnly === null ? (
          <Group gap={8} wrap="nowrap" style={{ flexShrink: 0 }}>
            <Button variant="default" px={10} onClick={() => void acts.addRow()}>
              Add row
            </Button>
            <Button variant="default" px={10} disabled={!hasRange} onClick={() => void acts.duplicateRows()}>
              Duplicate
            </Button>
            <Button variant="default" px={10} disabled={!hasRange} onClick={() => void acts.deleteRows()}>
              Delete
            </Button>
            <Tooltip label={state.undo === null ? "Nothing to undo" : `Undo: ${state.undo}`}>
              <ActionIcon
                variant="default"
                size={30}
                aria-label="Undo"
                disabled={state.undo === null}
                onClick={() => void acts.undo()}
              >
                ↶
              </ActionIcon>
            </Tooltip>
            <Tooltip label={state.redo === null ? "Nothing to do again" : `Redo: ${state.redo}`}>
              <ActionIcon
                variant="default"
                size={30}
                aria-label="Redo"
                disabled={state.redo === null}
                onClick={() => void acts.redo()}
              >
                ↷
              </ActionIcon>
            </Tooltip>
          </Group>
        ) : null}
      </Group>
      <Select
        aria-label="Panel"
        w={124}
        style={{ flexShrink: 0 }}
        data={[
          ...panels.map(({ id, name }) => ({ value: id, label: name })),
          { value: "none", label: "No panel" },
        ]}
        value={panel}
        onChange={(value) => onPanel(value ?? "none")}
      />
    </Group>
  );
}
