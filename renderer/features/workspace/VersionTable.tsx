import { Text } from "@mantine/core";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { Overview, OverviewResults } from "../../../shared/schema/overview.ts";
import { untrainedVersions } from "../../../shared/schema/workspace.ts";
import { Caption } from "../../ui/Caption.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { AdapterCell } from "./AdapterCell.tsx";
import { DatasetCell } from "./DatasetCell.tsx";
import { messages } from "./messages.ts";
import { ResultsCell } from "./ResultsCell.tsx";
import classes from "./VersionTable.module.css";

const untrained: readonly string[] = untrainedVersions;

/** Returns every version in the workspace, the untrained ones first. */
function versionsOf({ datasets, adapters, results }: Overview): string[] {
  const all = [...datasets, ...adapters, ...results].map(({ version }) => version);
  const rank = (version: string) =>
    hasAdapter(version) ? untrainedVersions.length + Number(version.slice(1)) : untrained.indexOf(version);
  return [...new Set(all)].sort((one, other) => rank(one) - rank(other));
}

/** Shows one version per row: its dataset, the adapter trained on it, and its results on the test set. */
export function VersionTable({ overview }: { overview: Overview }) {
  const versions = versionsOf(overview);
  if (versions.length === 0) {
    return <EmptyState title={messages.table.emptyTitle}>{messages.table.empty}</EmptyState>;
  }
  const find = <One extends { version: string }>(all: readonly One[], version: string) =>
    all.find((one) => one.version === version);
  return (
    <section aria-label={messages.table.label} className={classes.table}>
      <div className={classes.head}>
        <Caption>{messages.table.version}</Caption>
        <Caption>{messages.table.dataset}</Caption>
        <Caption>{messages.table.adapter}</Caption>
        <Caption>{messages.table.results}</Caption>
      </div>
      {versions.map((version) => {
        const stale = overview.stale.filter((one) => one.version === version);
        return (
          <article key={version} className={classes.version} aria-label={version}>
            <Text fw={600}>{version}</Text>
            <DatasetCell version={version} dataset={find(overview.datasets, version)} />
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
      })}
    </section>
  );
}
