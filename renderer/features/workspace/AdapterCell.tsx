import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import type { OverviewAdapter, Stale } from "../../../shared/schema/overview.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import classes from "./Loop.module.css";
import { Note } from "./Note.tsx";

interface AdapterCellProps {
  readonly version: string;
  readonly adapter: OverviewAdapter | undefined;
  readonly stale: readonly Stale[];
}

/** A version's adapter: how it was trained, and whether both engines agree on it. */
export function AdapterCell({ version, adapter, stale }: AdapterCellProps) {
  const { to } = useWorkspacePath();
  if (adapter === undefined) {
    return (
      <div className={classes.part}>
        <Text size="sm" c="dimmed">
          {version === "base" ? "none" : "not trained yet"}
        </Text>
      </div>
    );
  }
  const { epochs, stoppedEarly, bestMetric, gatePassed, rowsTrained } = adapter;
  return (
    <div className={classes.part}>
      <Anchor component={Link} href={to("train?tab=history")} size="sm">
        {adapter.base} + {version}
      </Anchor>
      <Text size="xs" c="dimmed" className="nw-figures">
        {pluralize(rowsTrained, "row")} trained, {formatNumber(epochs, 1)} epochs
        {stoppedEarly ? ", stopped early" : ""}
      </Text>
      <Text size="xs" c="dimmed" className="nw-figures">
        best eval {formatNumber(bestMetric)}, parity gate {gatePassed ? "passed" : "failed"}
      </Text>
      {stale.map(({ code, message }) => (
        <Note key={code} kind="stale">
          {message}
        </Note>
      ))}
    </div>
  );
}
