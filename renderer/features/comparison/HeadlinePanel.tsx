import { Group, SegmentedControl, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import type { ComparedRows, Comparison } from "../../../shared/schema/comparison.ts";
import { Panel } from "../../ui/Panel.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { HeadlineTable } from "./HeadlineTable.tsx";
import { headlineIds, rowsWords } from "./headline.ts";

/** The figures of all candidates against the baseline, over the rows that decide or, apart, the dev rows. */
export function HeadlinePanel({ comparisons }: { comparisons: readonly Comparison[] }) {
  const [side, setSide] = useUrlState("rows", "deciding");
  const [all, setAll] = useState(false);
  const split = comparisons.every(({ splits }) => splits !== undefined);
  const dev = split && side === "dev";
  const compared: readonly ComparedRows[] = dev
    ? comparisons.flatMap(({ splits }) => (splits === undefined ? [] : [splits.dev]))
    : comparisons;
  const [first] = compared;
  if (first === undefined) return null;
  const ids = first.metrics.map(({ id }) => id);
  const rows = rowsWords(compared, dev ? "matched dev row" : split ? "matched held-out row" : "matched row");
  return (
    <Panel
      title="Figures"
      actions={
        <Group gap={16}>
          <Switch
            label="All figures"
            checked={all}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          {split ? (
            <SegmentedControl
              aria-label="Which rows"
              value={dev ? "dev" : "deciding"}
              onChange={setSide}
              data={[
                { value: "deciding", label: "Held out, which decide" },
                { value: "dev", label: "Dev" },
              ]}
            />
          ) : null}
        </Group>
      }
    >
      <Stack gap={0}>
        <HeadlineTable
          caption={`${rows}; grey: the interval covers 0. A name opens its definition.`}
          compared={compared}
          metrics={all ? ids : headlineIds(ids)}
        />
      </Stack>
    </Panel>
  );
}
