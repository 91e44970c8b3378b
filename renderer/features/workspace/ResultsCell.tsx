import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { OverviewResults, Stale } from "../../../shared/schema/overview.ts";
import { Figure } from "../../ui/Figure.tsx";
import { MetricName } from "../../ui/MetricName.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import classes from "./Loop.module.css";
import { Note } from "./Note.tsx";

interface ResultsCellProps {
  readonly version: string;
  readonly results: OverviewResults | undefined;
  readonly stale: readonly Stale[];
}

/** What a version did on the test set: its headline figures, each with n and interval. */
export function ResultsCell({ version, results, stale }: ResultsCellProps) {
  const { to } = useWorkspacePath();
  if (results === undefined) {
    return (
      <div className={classes.part}>
        <Text size="sm" c="dimmed">
          not evaluated yet
        </Text>
      </div>
    );
  }
  return (
    <div className={classes.part}>
      <div className={classes.figures}>
        {results.headlines.map(({ id, label, value, n, ci95, reason }) => (
          <div key={id}>
            <MetricName id={id} name={label} />
            <Figure value={value} ci95={ci95} n={n} reason={reason ?? undefined} />
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        <Anchor component={Link} underline="always" href={to(`evaluate?version=${version}`)}>
          Results of {version}
        </Anchor>
        {results.stamp === null ? ", in the study's format" : `, judged by ${results.stamp.judge}`}
        {results.unscored === 0 ? "" : `, ${pluralize(results.unscored, "row")} unscored`}
      </Text>
      {stale.map(({ code, message }) => (
        <Note key={code} kind="stale">
          {message}
        </Note>
      ))}
    </div>
  );
}
