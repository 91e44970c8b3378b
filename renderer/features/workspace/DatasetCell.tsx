import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { OverviewDataset } from "../../../shared/schema/overview.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import classes from "./Loop.module.css";
import { Note } from "./Note.tsx";

interface DatasetCellProps {
  readonly version: string;
  readonly dataset: OverviewDataset | undefined;
}

/** A version's dataset: how much it holds, and what is wrong with it. */
export function DatasetCell({ version, dataset }: DatasetCellProps) {
  const { to } = useWorkspacePath();
  if (dataset === undefined) {
    return (
      <div className={classes.part}>
        <Text size="sm" c="dimmed">
          {version === "base" ? "untuned" : "no dataset"}
        </Text>
      </div>
    );
  }
  const { rows, refusals, errors, leaks, problem } = dataset;
  return (
    <div className={classes.part}>
      <Anchor component={Link} href={to(`datasets?file=dataset_${version}.csv`)} size="sm">
        dataset_{version}
      </Anchor>
      {rows === null ? null : (
        <Text size="xs" c="dimmed" className="nw-figures">
          {pluralize(rows, "row")}, {pluralize(refusals ?? 0, "refusal")}
        </Text>
      )}
      {problem === null ? null : <Note kind="wrong">{problem}</Note>}
      {errors === null || errors === 0 ? null : <Note kind="wrong">{pluralize(errors, "broken rule")}</Note>}
      {leaks === null || leaks === 0 ? null : (
        <Note kind="wrong">{pluralize(leaks, "row")} stand in the test set too</Note>
      )}
    </div>
  );
}
