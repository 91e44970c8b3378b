import { Alert, Box, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { ComparedPage } from "../../../shared/schema/alignedRows.ts";
import { failureOf } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { RowsFilters } from "./RowsFilters.tsx";
import { RowsTable } from "./RowsTable.tsx";
import { shortName } from "./selection.ts";
import { type ComparedRowsState, pageSize } from "./useComparedRows.ts";

interface RowsPanelProps {
  readonly baseline: string;
  readonly candidate: string;
  readonly place: number;
  readonly state: ComparedRowsState;
}

/** Two versions row by row: dev rows, and the held-out ones once they were opened. */
export function RowsPanel({ baseline, candidate, place, state }: RowsPanelProps) {
  const { page, query, narrow, opening } = state;
  const { data } = page;
  const closed = page.error !== null && failureOf(page.error).code === "not-so";
  return (
    <Panel
      title="Row by row"
      actions={
        data === undefined || data.heldout.rows === 0 ? null : <SplitSwitch state={state} page={data} />
      }
    >
      <Stack gap={8}>
        <RowsFilters state={state} page={data} />
        {closed ? <Closed state={state} /> : null}
        {opening.error === null ? null : (
          <FailureNotice error={opening.error} title="The held-out rows were not opened" />
        )}
        {page.error === null || closed ? null : (
          <FailureNotice error={page.error} onRetry={() => void page.refetch()} />
        )}
        {data === undefined && page.error === null ? <LinesSkeleton /> : null}
        {data !== undefined && data.rows.length > 0 && !closed ? (
          <Box style={{ opacity: page.isPlaceholderData ? 0.6 : 1 }}>
            <RowsTable
              rows={data.rows}
              names={{ baseline: shortName(baseline), candidate: shortName(candidate) }}
              place={place}
              scoreName={data.scoreName}
              halves={data.heldout.rows > 0}
            />
            <Pager state={state} page={data} />
          </Box>
        ) : null}
        {data !== undefined && data.rows.length === 0 && page.error === null ? (
          <EmptyState
            title="No such row"
            action={
              <Button
                variant="default"
                onClick={() => narrow({ filter: "all", slice: "*", from: "", to: "", q: "" })}
              >
                Show all {query.split === "dev" ? "dev " : ""}rows
              </Button>
            }
          >
            Rows that meet every condition above stand here.
          </EmptyState>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** A figure or a copied address may ask for held-out rows that nobody opened here. */
function Closed({ state: { open, opening, narrow } }: { state: ComparedRowsState }) {
  return (
    <Alert color="gray" title="The held-out rows are closed">
      <Text size="sm">
        Reading them weakens what they decide. Each opening is counted and stated beside p.
      </Text>
      <Group mt={8}>
        <Button variant="default" loading={opening.isPending} onClick={open}>
          Open the held-out rows
        </Button>
        <Button variant="subtle" color="gray" onClick={() => narrow({ split: "dev" })}>
          Show dev rows
        </Button>
      </Group>
    </Alert>
  );
}

function SplitSwitch({ state, page }: { state: ComparedRowsState; page: ComparedPage }) {
  const { rows, opened, openings } = page.heldout;
  const { opening, open, query, narrow } = state;
  if (!opened)
    return (
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          Dev rows. {pluralize(rows, "held-out row")} closed
          {openings === null || openings === 0 ? "" : `, looked at ${pluralize(openings, "time")} so far`}.
        </Text>
        <Button
          variant="default"
          size="compact-xs"
          loading={opening.isPending}
          onClick={open}
          title="Reading them weakens what they decide; the opening is counted and stated beside p"
        >
          Open held-out rows, counted
        </Button>
      </Group>
    );
  return (
    <Group gap={8}>
      {openings === null ? null : (
        <Text size="xs" c="dimmed">
          held-out rows looked at {pluralize(openings, "time")}
        </Text>
      )}
      <SegmentedControl
        aria-label="Which half"
        value={query.split}
        onChange={(split) => narrow({ split })}
        data={[
          { value: "dev", label: "Dev" },
          { value: "heldout", label: "Held out" },
          { value: "all", label: "Both" },
        ]}
      />
    </Group>
  );
}

function Pager({ state, page }: { state: ComparedRowsState; page: ComparedPage }) {
  const { offset, matched, rows } = page;
  const at = Math.floor(offset / pageSize);
  return (
    <Group justify="space-between">
      <Text size="xs" c="dimmed" aria-live="polite">
        {offset + 1} to {offset + rows.length} of {pluralize(matched, "row")}
      </Text>
      <Group gap={4}>
        <Button
          variant="default"
          size="compact-xs"
          disabled={at === 0}
          onClick={() => state.turn(at - 1)}
          aria-label="Rows before"
        >
          ←
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          disabled={offset + rows.length >= matched}
          onClick={() => state.turn(at + 1)}
          aria-label="Rows after"
        >
          →
        </Button>
      </Group>
    </Group>
  );
}
