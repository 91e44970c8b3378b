import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { OverviewAdapter, Stale } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { Callout } from "./Callout.tsx";
import { messages } from "./messages.ts";
import classes from "./VersionTable.module.css";

interface AdapterCellProps {
  readonly version: string;
  readonly adapter: OverviewAdapter | undefined;
  readonly stale: readonly Stale[];
}

/** Shows how a version's adapter was made and whether it passed the parity gate. */
export function AdapterCell({ version, adapter, stale }: AdapterCellProps) {
  const { to } = useWorkspacePath();
  if (adapter === undefined) {
    return (
      <div className={classes.part}>
        <Text c="dimmed">{hasAdapter(version) ? messages.adapter.notTrained : messages.adapter.none}</Text>
      </div>
    );
  }
  const { training, gatePassed } = adapter;
  return (
    <div className={classes.part}>
      <Anchor component={Link} href={to("train?tab=history")} size="sm">
        {adapter.base} + {version}
      </Anchor>
      {training === null ? (
        <Caption>{messages.adapter.adopted(gatePassed)}</Caption>
      ) : (
        <>
          <Caption className="nw-figures">
            {messages.adapter.trained(pluralize(training.rows, "row"), formatNumber(training.epochs, 1))}
            {training.stoppedEarly ? messages.adapter.stoppedEarly : ""}
          </Caption>
          <Caption className="nw-figures">
            {messages.adapter.quality(formatNumber(training.bestMetric), gatePassed)}
          </Caption>
        </>
      )}
      {stale.map(({ code, message }) => (
        <Callout key={code} kind="stale">
          {message}
        </Callout>
      ))}
    </div>
  );
}
