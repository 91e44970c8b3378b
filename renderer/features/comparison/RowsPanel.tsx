import { Alert, Box, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { describeUsed } from "../../../shared/domain/comparison/looks.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { ComparedPage } from "../../../shared/schema/alignedRows.ts";
import { failureOf } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { describeHidden, messages } from "./messages.ts";
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

/** Shows two versions row by row: the dev rows, and the held-out rows once they are revealed. */
export function RowsPanel({ baseline, candidate, place, state }: RowsPanelProps) {
  const { page, query, narrow, opening } = state;
  const { data } = page;
  const closed = page.error !== null && failureOf(page.error).code === "check-failed";
  return (
    <Panel
      title={messages.rows.title}
      actions={
        data === undefined || data.heldout.rows === 0 ? null : <SplitSwitch state={state} page={data} />
      }
    >
      <Stack gap={8}>
        <RowsFilters state={state} page={data} />
        {closed ? <HeldoutClosed state={state} /> : null}
        <FailureNotice error={opening.error} title={messages.heldout.failed} />
        {page.error === null || closed ? null : <FailureNotice error={page.error} onRetry={page.refetch} />}
        {data === undefined && page.error === null ? <LinesSkeleton /> : null}
        {data !== undefined && data.rows.length > 0 && !closed ? (
          <Box opacity={page.isPlaceholderData ? 0.6 : 1}>
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
            title={messages.rows.noMatch}
            action={
              <Button
                variant="default"
                onClick={() => narrow({ filter: "all", slice: "*", from: "", to: "", q: "" })}
              >
                {messages.rows.showAll(query.split === "dev" ? "dev " : "")}
              </Button>
            }
          >
            {messages.rows.noMatchBody}
          </EmptyState>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** Shown if a figure or a copied link leads to held-out rows that haven't been revealed here. */
function HeldoutClosed({ state: { open, opening, narrow } }: { state: ComparedRowsState }) {
  return (
    <Alert color="gray" title={messages.heldout.hidden}>
      <Text>{messages.heldout.warning}</Text>
      <Group mt={8}>
        <Button variant="default" loading={opening.isPending} onClick={open}>
          {messages.heldout.reveal}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => narrow({ split: "dev" })}>
          {messages.heldout.showDev}
        </Button>
      </Group>
    </Alert>
  );
}

function SplitSwitch({ state, page }: { state: ComparedRowsState; page: ComparedPage }) {
  const { rows, opened, looks } = page.heldout;
  const { opening, open, query, narrow } = state;
  if (!opened)
    return (
      <Group gap={8}>
        <Caption>{describeHidden(rows, looks)}</Caption>
        <Button
          variant="default"
          size="compact-xs"
          loading={opening.isPending}
          onClick={open}
          title={messages.heldout.warning}
        >
          {messages.heldout.revealLogged}
        </Button>
      </Group>
    );
  return (
    <Group gap={8}>
      {looks === null ? null : <Caption>{messages.heldout.used(describeUsed(looks))}</Caption>}
      <SegmentedControl
        aria-label={messages.heldout.split}
        value={query.split}
        onChange={(split) => narrow({ split })}
        data={[
          { value: "dev", label: messages.heldout.devOption },
          { value: "heldout", label: messages.heldout.heldoutOption },
          { value: "all", label: messages.heldout.bothOption },
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
      <Caption aria-live="polite">
        {messages.rows.range(offset + 1, offset + rows.length, pluralize(matched, "row"))}
      </Caption>
      <Group gap={4}>
        <Button
          variant="default"
          size="compact-xs"
          disabled={at === 0}
          onClick={() => state.turn(at - 1)}
          aria-label={messages.rows.previous}
        >
          ←
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          disabled={offset + rows.length >= matched}
          onClick={() => state.turn(at + 1)}
          aria-label={messages.rows.next}
        >
          →
        </Button>
      </Group>
    </Group>
  );
}
