import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useApi } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { PlanCard } from "./PlanCard.tsx";
import { RequestForm } from "./RequestForm.tsx";
import classes from "./train.module.css";
import { useTrainingRequest } from "./useTrainingRequest.ts";

/** Configures a training next to its plan. */
export function ConfigureTab() {
  const { training } = useApi();
  const presets = useQuery(training.presets.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const versions = useQuery(training.versions.queryOptions());
  const asked = useTrainingRequest(versions.data ?? []);
  const error = presets.error ?? versions.error;
  if (error !== null) return <FailureNotice error={error} title={messages.form.failed} />;
  if (presets.data === undefined || versions.data === undefined) return <LinesSkeleton lines={10} />;
  if (versions.data.length === 0) return <NoDataset />;
  return (
    <div className={classes.place}>
      <div className={classes.configure}>
        <RequestForm presets={presets.data} versions={versions.data} asked={asked} />
        <PlanCard request={asked.request} seeds={asked.seeds} setAnyway={asked.setAnyway} />
      </div>
    </div>
  );
}

/** Shown instead of the form while the workspace has no dataset. */
function NoDataset() {
  const { to } = useWorkspacePath();
  return (
    <EmptyState
      title={messages.noDataset.title}
      action={
        <Button component={Link} href={to("datasets")}>
          {messages.noDataset.action}
        </Button>
      }
    >
      {messages.noDataset.body}
    </EmptyState>
  );
}
