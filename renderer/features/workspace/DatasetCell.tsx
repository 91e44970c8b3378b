import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { datasetOf } from "../../../shared/domain/workspace/seeds.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { OverviewDataset } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { Callout } from "./Callout.tsx";
import { messages } from "./messages.ts";
import classes from "./VersionTable.module.css";

interface DatasetCellProps {
  readonly version: string;
  readonly dataset: OverviewDataset | undefined;
}

/** Shows the size of a version's dataset and its problems. */
export function DatasetCell({ version, dataset }: DatasetCellProps) {
  const { to } = useWorkspacePath();
  if (dataset === undefined) {
    return (
      <div className={classes.part}>
        <Text c="dimmed">{hasAdapter(version) ? messages.dataset.none : messages.dataset.untuned}</Text>
      </div>
    );
  }
  const { rows, refusals, errors, leaks, problem } = dataset;
  return (
    <div className={classes.part}>
      <Anchor component={Link} href={to(`datasets?file=dataset_${datasetOf(version)}.csv`)} size="sm">
        dataset_{datasetOf(version)}
      </Anchor>
      {rows === null ? null : (
        <Caption className="nw-figures">
          {pluralize(rows, "row")}, {pluralize(refusals ?? 0, "refusal")}
        </Caption>
      )}
      {problem === null ? null : <Callout kind="wrong">{problem}</Callout>}
      {errors === null || errors === 0 ? null : (
        <Callout kind="wrong">{pluralize(errors, messages.dataset.brokenRule)}</Callout>
      )}
      {leaks === null || leaks === 0 ? null : (
        <Callout kind="wrong">{messages.dataset.leaks(pluralize(leaks, "row"))}</Callout>
      )}
    </div>
  );
}
