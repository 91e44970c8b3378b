import { Box, Group } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useClient } from "../../../api/index.ts";
import { DataGrid, type DataGridProps } from "../../../ui/grid/DataGrid.tsx";
import type { GridRange } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import { useUrlState } from "../../../ui/useUrlState.ts";
import { SidePanel } from "../panels/SidePanel.tsx";
import { datasetColumns } from "./datasetColumns.ts";
import { FindBar } from "./FindBar.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { type Acts, useActs } from "./useActs.ts";
import { useChecked } from "./useChecked.ts";
import type { DocumentHandle } from "./useDocument.ts";
import { useDocumentCommands } from "./useDocumentCommands.ts";
import { useMarks } from "./useMarks.ts";
import { useTarget } from "./useTarget.ts";
import { useView, type ViewState } from "./useView.ts";

interface RowsProps extends Pick<DataGridProps, "columns" | "target" | "mark" | "onSelect"> {
  readonly document: DocumentHandle;
  readonly view: ViewState;
  readonly acts: Acts;
  readonly readOnly: string | null;
  /** Called with the number of rows in the view, once known. */
  onCount(rows: number): void;
}

function Rows({ document, view: { view, sort, setSort }, acts, readOnly, onCount, ...grid }: RowsProps) {
  const { opened, state } = document;
  const { file } = opened;
  const client = useClient();
  const load = useCallback(
    async (offset: number, limit: number) => {
      const page = await client.dataset.document.rows({ file, view, offset, limit });
      onCount(page.total);
      return page;
    },
    [client, file, view, onCount],
  );
  return (
    <DataGrid
      {...grid}
      label={opened.name}
      readOnly={readOnly !== null}
      rows={state.total}
      source={`${state.loads} ${JSON.stringify(view)}`}
      version={state.revision}
      sort={sort}
      load={load}
      onSort={setSort}
      onEdit={(cells) => document.edit({ kind: "set-cells", cells: [...cells] })}
      onPaste={acts.paste}
      onDeleteRows={() => void acts.deleteRows()}
      onAddRow={() => void acts.addRow()}
      onNotice={notice}
    />
  );
}

/** Shows an open dataset: the toolbar, the grid, and a side panel. */
export function DocumentView({ document, readOnly }: { document: DocumentHandle; readOnly: string | null }) {
  const { opened, state } = document;
  const { file, header } = opened;
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

  const openFind = () => setFinding("open");
  const closeFind = () => {
    setFinding("");
    if (shown !== null && shown > 0) restoreFocus(range);
  };
  useDocumentCommands({ state, acts, readOnly, openFind });

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
          <Rows
            document={document}
            columns={columns}
            view={view}
            acts={acts}
            readOnly={readOnly}
            target={target}
            mark={marks}
            onSelect={setRange}
            onCount={setShown}
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
