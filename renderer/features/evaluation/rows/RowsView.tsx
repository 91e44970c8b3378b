import { Box, Button, Group, Pagination, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isWrong } from "../../../../shared/domain/analysis/worst.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { RowsPage } from "../../../../shared/schema/evaluationRows.ts";
import { failureOf, useApi } from "../../../api/index.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { conditionsOf, filterOf, paramsOf, rowOf, rowText, sortOf, sortText, splitOf } from "../filterUrl.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { HeldoutChoice } from "./HeldoutChoice.tsx";
import { RowDrawer } from "./RowDrawer.tsx";
import { RowFilters } from "./RowFilters.tsx";
import { RowsTable } from "./RowsTable.tsx";
import { WriteRowsBar } from "./WriteRowsBar.tsx";

/** Rows per page. */
const pageRows = 50;

/** Returns the filter, sort, split, and page in the URL. */
function useRowQuery(url: EvaluateUrl) {
  const page = Math.max(1, Number(url.params.get("page")) || 1);
  return {
    filter: filterOf(url.params),
    sort: sortOf(url.params.get("sort")),
    split: splitOf(url.params.get("split")),
    page,
  };
}
type RowQuery = ReturnType<typeof useRowQuery>;

/** Loads one page of rows. The previous page stays on screen in the meantime. */
function useRows(version: string, { filter, sort, split, page }: RowQuery) {
  return useQuery(
    useApi().evaluation.rows.queryOptions({
      input: { version, filter, sort, split, offset: (page - 1) * pageRows, limit: pageRows },
      placeholderData: keepPreviousData,
    }),
  );
}

/** Lists a version's rows, worst first, to filter, inspect, correct, and generate rows for. */
export function RowsView({ url, version }: { url: EvaluateUrl; version: string }) {
  const query = useRowQuery(url);
  const rows = useRows(version, query);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const closed = rows.error !== null && failureOf(rows.error).code === "check-failed";
  if (rows.data === undefined) {
    if (closed) return <HeldoutChoice url={url} version={version} split={query.split} heldout={null} />;
    if (rows.error !== null)
      return <FailureNotice error={rows.error} title={messages.rows.failed} onRetry={rows.refetch} />;
    return <LinesSkeleton lines={10} />;
  }
  const page = rows.data;
  const open = rowOf(url.params.get("row"));
  return (
    <Stack gap={8}>
      <Group gap={12} justify="space-between">
        <HeldoutChoice url={url} version={version} split={page.split} heldout={page.heldout} />
        <Counts page={page} />
      </Group>
      <RowFilters
        filter={query.filter}
        slices={page.slices}
        scale={page.scale}
        onChange={(filter) => url.adjust({ ...paramsOf(filter), page: null })}
      />
      <WriteRowsBar url={url} version={version} chosen={chosen} onClear={() => setChosen(new Set())} />
      {page.rows.length === 0 ? (
        <NoRows filtered={conditionsOf(query.filter) > 0} onClear={() => url.adjust(cleared(query))} />
      ) : (
        <Box opacity={rows.isPlaceholderData ? 0.6 : 1}>
          <RowsTable
            rows={page.rows}
            sort={query.sort}
            chosen={chosen}
            current={open}
            mayChoose={(row) => row.split === "dev" && isWrong(row.failure)}
            onSort={(sort) => url.adjust({ sort: sortText(sort), page: null })}
            onChoose={setChosen}
            onOpen={(row) => url.adjust({ row: rowText(row) })}
          />
        </Box>
      )}
      {page.matched > pageRows ? (
        <Pagination
          size="sm"
          value={query.page}
          total={Math.ceil(page.matched / pageRows)}
          onChange={(to) => url.adjust({ page: to === 1 ? null : String(to) })}
          getControlProps={(control) => ({ "aria-label": messages.rows.pageControl(control) })}
          getItemProps={(item) => ({ "aria-label": messages.rows.page(item) })}
        />
      ) : null}
      <RowDrawer
        version={version}
        open={open}
        page={page.rows}
        onMove={(row) => url.adjust({ row: rowText(row) })}
        onClose={() => url.adjust({ row: null })}
      />
    </Stack>
  );
}

function cleared(query: ReturnType<typeof useRowQuery>) {
  const nothing = Object.keys(paramsOf(query.filter)).map((name) => [name, null] as const);
  return { ...Object.fromEntries(nothing), page: null };
}

function Counts({ page }: { page: RowsPage }) {
  return (
    <Text c="dimmed" className="nw-figures" role="status">
      {page.matched === page.total
        ? pluralize(page.total, "row")
        : messages.rows.matched(formatCount(page.matched), pluralize(page.total, "row"))}
    </Text>
  );
}

function NoRows({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <EmptyState
      title={filtered ? messages.rows.noMatch : messages.rows.empty}
      action={filtered ? <Button onClick={onClear}>{messages.rows.clearFilters}</Button> : undefined}
    >
      {filtered ? messages.rows.noMatchBody : messages.rows.emptyBody}
    </EmptyState>
  );
}
