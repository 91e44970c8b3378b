import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { OverviewResults, Stale } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { Figure } from "../../ui/Figure.tsx";
import { MetricName } from "../../ui/MetricName.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { Callout } from "./Callout.tsx";
import { messages } from "./messages.ts";
import classes from "./VersionTable.module.css";

interface ResultsCellProps {
  readonly version: string;
  readonly results: OverviewResults | undefined;
  readonly stale: readonly Stale[];
}

/** Shows a version's headline metrics on the test set, each with n and interval. */
export function ResultsCell({ version, results, stale }: ResultsCellProps) {
  const { to } = useWorkspacePath();
  if (results === undefined) {
    return (
      <div className={classes.part}>
        <Text c="dimmed">{messages.results.none}</Text>
      </div>
    );
  }
  const query = new URLSearchParams({ version });
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
      <Caption mt={4}>
        <Anchor component={Link} underline="always" href={to(`evaluate?${query}`)}>
          {messages.results.link(version)}
        </Anchor>
        {results.stamp === null
          ? messages.results.legacyFormat
          : messages.results.judgedBy(results.stamp.judge)}
        {results.unscored === 0 ? "" : messages.results.unscored(pluralize(results.unscored, "row"))}
      </Caption>
      {stale.map(({ code, message }) => (
        <Callout key={code} kind="stale">
          {message}
        </Callout>
      ))}
    </div>
  );
}
