import { Text } from "@mantine/core";
import type { Overview, OverviewResults } from "../../../shared/schema/overview.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { AdapterCell } from "./AdapterCell.tsx";
import { DatasetCell } from "./DatasetCell.tsx";
import classes from "./Loop.module.css";
import { ResultsCell } from "./ResultsCell.tsx";

/** Every version that has anything here, the untuned base first. */
function versionsOf({ datasets, adapters, results }: Overview): string[] {
  const all = [...datasets, ...adapters, ...results].map(({ version }) => version);
  const rank = (version: string) => (version === "base" ? 0 : Number(version.slice(1)));
  return [...new Set(all)].sort((one, other) => rank(one) - rank(other));
}

/** One turn of the loop a row: the dataset, the adapter trained on it, what it did on the test set. */
export function Loop({ overview }: { overview: Overview }) {
  const versions = versionsOf(overview);
  if (versions.length === 0) {
    return (
      <EmptyState title="Nothing here yet">
        Each row will be one turn of the loop: a dataset, the adapter that was trained on it, and what that
        did on the test set.
      </EmptyState>
    );
  }
  const find = <One extends { version: string }>(all: readonly One[], version: string) =>
    all.find((one) => one.version === version);
  return (
    <section aria-label="The loop" className={classes.loop}>
      <div className={classes.head}>
        <Text size="xs" c="dimmed">
          Version
        </Text>
        <Text size="xs" c="dimmed">
          Dataset
        </Text>
        <Text size="xs" c="dimmed">
          Adapter
        </Text>
        <Text size="xs" c="dimmed">
          On the test set
        </Text>
      </div>
      {versions.map((version) => {
        const stale = overview.stale.filter((one) => one.version === version);
        return (
          <article key={version} className={classes.turn} aria-label={version}>
            <Text size="sm" fw={600}>
              {version}
            </Text>
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
