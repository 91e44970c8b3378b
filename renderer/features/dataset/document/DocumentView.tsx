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
import { type DocumentParts, useActs } from "./useActs.ts";
import { useChecked } from "./useChecked.ts";
import type { DocumentHandle } from "./useDocument.ts";
import { useDocumentCommands } from "./useDocumentCommands.ts";
import { useMarks } from "./useMarks.ts";
import { useTarget } from "./useTarget.ts";
import { useView } from "./useView.ts";

interface RowsProps extends DocumentParts, Pick<DataGridProps, "columns" | "target" | "mark" | "onSelect"> {
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
      onDeleteRows={acts.deleteRows}
      onAddRow={acts.addRow}
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
  const parts: DocumentParts = { document, view, acts, readOnly };
  useDocumentCommands(parts, openFind);

  return (
    <Box style={{ height: "100%", display: "flex", flexDirection: "column" }}>
      <Toolbar {...parts} hasRange={range !== null} panel={panel} onPanel={setPanel} onFind={openFind} />
      {finding === "open" ? <FindBar {...parts} onGoTo={point} onClose={closeFind} /> : null}
      <Group gap={0} wrap="nowrap" align="stretch" flex={1} mih={0}>
        <Box flex={1} miw={0}>
          <Rows
            {...parts}
            columns={columns}
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
      <StatusBar {...parts} shown={shown} range={range} />
    </Box>
  );
}
