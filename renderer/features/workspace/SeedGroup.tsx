import { Button, Text } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { describeSeeds } from "../../../shared/domain/report/seedWords.ts";
import { seedHeadlines } from "../../../shared/domain/workspace/seedLines.ts";
import type { Overview } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { MetricName } from "../../ui/MetricName.tsx";
import { Callout } from "./Callout.tsx";
import { DatasetCell } from "./DatasetCell.tsx";
import { messages } from "./messages.ts";
import classes from "./VersionTable.module.css";

const { seeds: text } = messages;

interface SeedGroupProps {
  readonly name: string;
  readonly members: readonly string[];
  readonly overview: Overview;
  /** The members' own rows. */
  readonly children: ReactNode;
}

/** Shows a version with several seeds as one row, with its figures averaged, which opens to show each seed. */
export function SeedGroup({ name, members, overview, children }: SeedGroupProps) {
  const [opened, setOpened] = useState(false);
  const rows = useId();
  const stale = overview.stale.filter(({ version }) => members.includes(version));
  return (
    <>
      <article className={classes.version} aria-label={name}>
        <div>
          <Text fw={600}>{name}</Text>
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={opened}
            aria-controls={rows}
            onClick={() => setOpened(!opened)}
          >
            {text.toggle(opened)}
          </Button>
        </div>
        <DatasetCell version={name} dataset={overview.datasets.find(({ version }) => version === name)} />
        <SeedAdapters members={members} overview={overview} stale={stale.length} />
        <SeedFigures members={members} overview={overview} />
      </article>
      <div id={rows} hidden={!opened} className={classes.members}>
        {children}
      </div>
    </>
  );
}

interface MembersProps {
  readonly members: readonly string[];
  readonly overview: Overview;
}

function SeedAdapters({ members, overview, stale }: MembersProps & { stale: number }) {
  const adapters = overview.adapters.filter(({ version }) => members.includes(version));
  const passed = adapters.filter(({ gatePassed }) => gatePassed === true).length;
  return (
    <div className={classes.part}>
      <Text size="sm">{members.join(", ")}</Text>
      <Caption>{text.adapters(pluralize(adapters.length, "adapter"), passed)}</Caption>
      {stale === 0 ? null : <Callout kind="stale">{text.stale(pluralize(stale, "finding"))}</Callout>}
    </div>
  );
}

function SeedFigures({ members, overview }: MembersProps) {
  const results = overview.results.filter(({ version }) => members.includes(version));
  if (results.length === 0) {
    return (
      <div className={classes.part}>
        <Text c="dimmed">{messages.results.none}</Text>
      </div>
    );
  }
  return (
    <div className={classes.part}>
      <div className={classes.figures}>
        {seedHeadlines(results).map(({ id, label, mean, n, ...spread }) => (
          <div key={id} className="nw-figures">
            <MetricName id={id} name={label} />
            <Text>{formatNumber(mean)}</Text>
            <Caption>{describeSeeds(spread)}</Caption>
            {n === null ? null : <Caption>{text.rows(n, spread.seeds)}</Caption>}
          </div>
        ))}
      </div>
      <Caption mt={4}>{text.averaged(results.length, members.length)}</Caption>
    </div>
  );
}
