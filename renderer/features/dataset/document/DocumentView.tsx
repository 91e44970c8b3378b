import { Box, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useCallback, useMemo, useState } from "react";
import { useClient } from "../../../api/index.ts";
import { useCommands } from "../../../ui/commands.ts";
import { DataGrid } from "../../../ui/grid/DataGrid.tsx";
import type { GridRange } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import { useUrlState } from "../../../ui/useUrlState.ts";
import { messages } from "../messages.ts";
import { SidePanel } from "../panels/SidePanel.tsx";
import { datasetColumns } from "./datasetColumns.ts";
import { FindBar } from "./FindBar.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { useActs } from "./useActs.ts";
import { useChecked } from "./useChecked.ts";
import type { DocumentHandle } from "./useDocument.ts";
import { useMarks } from "./useMarks.ts";
import { useTarget } from "./useTarget.ts";
import { useView } from "./useView.ts";

const { toolbar: text } = messages;

/** Shows an open dataset: the toolbar, the grid, and a side panel. */
export function DocumentView({ document, readOnly }: { document: DocumentHandle; readOnly: string | null }) {
  const { opened, state } = document;
  const { file, header } = opened;
  const client = useClient();
  const view = useView(state.revision);
  const columns = useMemo(() => datasetColumns(header), [header]);
  const [range, setRange] = useState<GridRange | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [finding, setFinding] = useUrlState("find");
  const [panel, setPanel] = useUrlState("panel", "findings");
  const checked = useChecked(opened.bytes, state.revision);
  const marks = useMarks(file, header, checked.revision);
  const { target, goTo, point, restoreFocus } = useTarget(file, view);
  const acts = useActs({ document, columns, range, view: view.view, goTo });

  const load = useCallback(
    async (offset: number, limit: number) => {
      const page = await client.dataset.document.rows({ file, view: view.view, offset, limit });
      setShown(page.total);
      return page;
    },
    [client, file, view.view],
  );
  const openFind = () => setFinding("open");
  const closeFind = () => {
    setFinding("");
    if (shown !== null && shown > 0) restoreFocus(range);
  };
  // Also in text fields, where the browser would otherwise search and save its page.
  useHotkeys(
    [
      ["mod+F", openFind],
      ["mod+S", () => void acts.save()],
    ],
    [],
  );
  useHotkeys(
    [
      ["mod+Z", () => void acts.undo()],
      ["mod+shift+Z", () => void acts.redo()],
      ["mod+Y", () => void acts.redo()],
    ],
    // Text fields have their own undo.
    ["INPUT", "TEXTAREA"],
  );
  useCommands([
    { id: "dataset:find", label: text.findCommand, run: openFind },
    ...(readOnly === null
      ? [
          { id: "dataset:save", label: messages.document.save, run: () => void acts.save() },
          { id: "dataset:add", label: text.addRow, run: () => void acts.addRow() },
          { id: "dataset:duplicate", label: text.duplicateCommand, run: () => void acts.duplicateRows() },
          { id: "dataset:delete", label: text.removeCommand, run: () => void acts.deleteRows() },
          {
            id: "dataset:undo",
            label: state.undo === null ? text.undo : text.undoEdit(state.undo),
            run: () => void acts.undo(),
          },
          {
            id: "dataset:redo",
            label: state.redo === null ? text.redo : text.redoEdit(state.redo),
            run: () => void acts.redo(),
          },
          { id: "dataset:fix", label: text.fixCommand, run: () => void acts.fixAll() },
        ]
      : []),
  ]);

  return (
    <Box style={{ height: "100%", display: "flex", flexDirection: "column" }}>
      <Toolbar
        header={header}
        view={view}
        state={state}
        acts={acts}
        readOnly={readOnly}
        hasRange={range !== null}
        panel={panel}
        onPanel={setPanel}
        onFind={openFind}
      />
      {finding === "open" ? (
        <FindBar
          file={file}
          view={view.view}
          revision={state.revision}
          readOnly={readOnly !== null}
          onGoTo={point}
          onReplace={acts.replaceAll}
          onClose={closeFind}
        />
      ) : null}
      <Group gap={0} wrap="nowrap" align="stretch" style={{ flex: 1, minHeight: 0 }}>
        <Box style={{ flex: 1, minWidth: 0 }}>
          <DataGrid
            label={opened.name}
            columns={columns}
            readOnly={readOnly !== null}
            rows={state.total}
            source={`${state.loads} ${JSON.stringify(view.view)}`}
            version={state.revision}
            sort={view.sort}
            target={target}
            load={load}
            mark={marks}
            onSort={view.setSort}
            onSelect={setRange}
            onEdit={(cells) => document.edit({ kind: "set-cells", cells: [...cells] })}
            onPaste={acts.paste}
            onDeleteRows={() => void acts.deleteRows()}
            onAddRow={() => void acts.addRow()}
            onNotice={notice}
          />
        </Box>
        {panel === "none" ? null : (
          <SidePanel
            panel={panel}
            onPanel={setPanel}
            file={file}
            checked={checked}
            rows={state.total}
            readOnly={readOnly !== null}
            acts={acts}
            view={view}
            onGoTo={goTo}
          />
        )}
      </Group>
      <StatusBar
        opened={opened}
        state={state}
        shown={shown}
        filtered={view.filtered}
        range={range}
        readOnly={readOnly}
      />
    </Box>
  );
}
