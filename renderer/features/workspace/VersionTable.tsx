import { Text } from "@mantine/core";
import { versionLines } from "../../../shared/domain/workspace/seedLines.ts";
import { datasetOf } from "../../../shared/domain/workspace/seeds.ts";
import type { Overview, OverviewResults } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { AdapterCell } from "./AdapterCell.tsx";
import { DatasetCell } from "./DatasetCell.tsx";
import { messages } from "./messages.ts";
import { ResultsCell } from "./ResultsCell.tsx";
import { SeedGroup } from "./SeedGroup.tsx";
import classes from "./VersionTable.module.css";

/** Shows one version per row: its dataset, the adapter trained on it, and its results on the test set. */
export function VersionTable({ overview }: { overview: Overview }) {
  const lines = versionLines(overview);
  if (lines.length === 0) {
    return <EmptyState title={messages.table.emptyTitle}>{messages.table.empty}</EmptyState>;
  }
  return (
    <section aria-label={messages.table.label} className={classes.table}>
      <div className={classes.head}>
        <Caption>{messages.table.version}</Caption>
        <Caption>{messages.table.dataset}</Caption>
        <Caption>{messages.table.adapter}</Caption>
        <Caption>{messages.table.results}</Caption>
      </div>
      {lines.map(({ name, members }) =>
        members.length === 0 ? (
          <VersionRow key={name} version={name} overview={overview} />
        ) : (
          <SeedGroup key={name} name={name} members={members} overview={overview}>
            {members.map((member) => (
              <VersionRow key={member} version={member} overview={overview} />
            ))}
          </SeedGroup>
        ),
      )}
    </section>
  );
}

function VersionRow({ version, overview }: { version: string; overview: Overview }) {
  const find = <One extends { version: string }>(all: readonly One[], wanted: string) =>
    all.find((one) => one.version === wanted);
  const stale = overview.stale.filter((one) => one.version === version);
  return (
    <article className={classes.version} aria-label={version}>
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>
        {version}
      </Text>
      <DatasetCell version={version} dataset={find(overview.datasets, datasetOf(version))} />
      <AdapterCell
        version={version}
        adapter={find(overview.adapters, version)}
        stale={stale.filter(({ what }) => what === "adapter")}
      />
      <ResultsCell
        version={version}
        results={find<OverviewResults>(overview.results, version)}
        stale={stale.filter(({ what }) => what === "results")}
      />
    </article>
  );
}
