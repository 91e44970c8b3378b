import { Button, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { useApi } from "../../api/index.ts";
import { useCommands } from "../../ui/commands.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { PlanFacts } from "./PlanFacts.tsx";
import { PlanFindings } from "./PlanFindings.tsx";
import { SpecAndCommand } from "./SpecAndCommand.tsx";
import classes from "./train.module.css";

/** After so long without a change the plan is asked for, in milliseconds. */
const settleMs = 250;

/** What the training asked for takes, what is wrong with it, and the button that starts it. */
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
  const label = `Train ${request.version}`;
  const start = () => starting.mutate(request);
  useCommands(
    blocked ? [] : [{ id: "train:start", label, description: "With the settings on screen", run: start }],
  );
  return (
    <div className={classes.card}>
      <Panel title="Before it starts">
        {planned.error === null ? null : <FailureNotice error={planned.error} title="No plan can be made" />}
        {plan === undefined ? (
          planned.error === null ? (
            <LinesSkeleton lines={8} />
          ) : null
        ) : (
          <Stack gap={12}>
            <PlanFacts plan={plan} />
            <PlanFindings findings={plan.findings} />
            {starting.error === null ? null : (
              <FailureNotice error={starting.error} title="It was not started" />
            )}
            <Button fullWidth size="sm" disabled={blocked} loading={starting.isPending} onClick={start}>
              {label}
            </Button>
            {blocked ? (
              <Text size="xs" c="dimmed">
                It can start once what is wrong above is mended.
              </Text>
            ) : null}
            <SpecAndCommand plan={plan} />
          </Stack>
        )}
      </Panel>
    </div>
  );
}
