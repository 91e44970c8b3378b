import { Button, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { useCommands } from "../../ui/commands.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { PlanFacts } from "./PlanFacts.tsx";
import { PlanFindings } from "./PlanFindings.tsx";
import { SpecAndCommand } from "./SpecAndCommand.tsx";
import classes from "./train.module.css";

/** How long to wait after a change before the plan is requested, in milliseconds. */
const settleMs = 250;

/** Shows what the configured training requires, its problems, and the button that starts it. */
export function PlanCard({ request }: { request: TrainingRequest }) {
  const { training } = useApi();
  const { to } = useWorkspacePath();
  const [, navigate] = useLocation();
  const [settled] = useDebouncedValue(request, settleMs);
  const planned = useQuery(training.plan.queryOptions({ input: settled, placeholderData: keepPreviousData }));
  const starting = useMutation(
    training.start.mutationOptions({ onSuccess: ({ id }) => navigate(to(`train?tab=current&run=${id}`)) }),
  );
  const plan = planned.data;
  const blocked = plan?.findings.some(({ severity }) => severity === "error") ?? true;
  const label = messages.plan.start(request.version);
  const start = () => starting.mutate(request);
  useCommands(
    blocked ? [] : [{ id: "train:start", label, description: messages.plan.startHelp, run: start }],
  );
  return (
    <div className={classes.card}>
      <Panel title={messages.plan.title}>
        <FailureNotice error={planned.error} title={messages.plan.failed} />
        {plan === undefined ? (
          planned.error === null ? (
            <LinesSkeleton lines={8} />
          ) : null
        ) : (
          <Stack gap={12}>
            <PlanFacts plan={plan} />
            <PlanFindings findings={plan.findings} />
            <FailureNotice error={starting.error} title={messages.plan.startFailed} />
            <Button fullWidth size="sm" disabled={blocked} loading={starting.isPending} onClick={start}>
              {label}
            </Button>
            {blocked ? <Caption>{messages.plan.blocked}</Caption> : null}
            <SpecAndCommand plan={plan} />
          </Stack>
        )}
      </Panel>
    </div>
  );
}
