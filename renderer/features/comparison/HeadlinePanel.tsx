import { Group, SegmentedControl, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { arrowsWords } from "../../../shared/domain/report/decisionWords.ts";
import type { ComparedRows, Comparison } from "../../../shared/schema/comparison.ts";
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { HeadlineTable } from "./HeadlineTable.tsx";
import { describeRows, headlineIds } from "./headline.ts";
import { messages } from "./messages.ts";

/** Shows the metrics of all candidates against the baseline, on the rows used for the decision or on the dev rows. */
export function HeadlinePanel({ comparisons }: { comparisons: readonly Comparison[] }) {
  const [side, setSide] = useUrlState("rows", "deciding");
  const [all, setAll] = useState(false);
  const split = comparisons.every(({ splits }) => splits !== undefined);
  const dev = split && side === "dev";
  const compared: readonly ComparedRows[] = dev
    ? comparisons.flatMap(({ splits }) => (splits === undefined ? [] : [splits.dev]))
    : comparisons;
  const [first] = compared;
  const [{ alpha } = { alpha: null }] = comparisons;
  if (first === undefined) return null;
  const ids = first.metrics.map(({ id }) => id);
  const rows = describeRows(
    compared,
    dev ? "matched dev row" : split ? "matched held-out row" : "matched row",
  );
  return (
    <Panel
      title={messages.figures.title}
      actions={
        <Group gap={16}>
          <Switch
            label={messages.figures.showAll}
            checked={all}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          {split ? (
            <SegmentedControl
              aria-label={messages.figures.rows}
              value={dev ? "dev" : "deciding"}
              onChange={setSide}
              data={[
                { value: "deciding", label: messages.figures.decisive },
                { value: "dev", label: messages.figures.dev },
              ]}
            />
          ) : null}
        </Group>
      }
    >
      <Stack gap={0}>
        <HeadlineTable
          caption={messages.figures.caption(rows)}
          compared={compared}
          metrics={all ? ids : headlineIds(ids)}
        />
        <Caption>{arrowsWords(formatNumber(alpha))}</Caption>
      </Stack>
    </Panel>
  );
}
