import { Accordion, Alert, Button, Checkbox, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { PlanFinding, TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { useApi, useClient } from "../../api/index.ts";
import { BasePreparation } from "../../ui/BasePreparation.tsx";
import { Caption } from "../../ui/Caption.ts";
import { CopyText } from "../../ui/CopyText.tsx";
import { useCommands } from "../../ui/commands.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { PlanFacts } from "./PlanFacts.tsx";
import { Rehearsal } from "./Rehearsal.tsx";
import { startSeeds } from "./startSeeds.ts";
import classes from "./train.module.css";

/** How long to wait after a change before the plan is requested, in milliseconds. */
const settleMs = 250;

/** Shows what the configured training requires, its problems, and the button that starts it. */
export function PlanCard({
  request,
  seeds,
  setAnyway,
}: {
  request: TrainingRequest;
  /** How many seeds to train, from the request's on. */
  seeds: number;
  setAnyway: (on: boolean) => void;
}) {
  const { training } = useApi();
  const client = useClient();
  const { to } = useWorkspacePath();
  const [, navigate] = useLocation();
  const [settled] = useDebouncedValue({ ...request, seeds }, settleMs);
  const planned = useQuery(training.plan.queryOptions({ input: settled, placeholderData: keepPreviousData }));
  const starting = useMutation({
    networkMode: "always",
    mutationFn: () => startSeeds(client.training, request, seeds),
    onSuccess: ({ id }) => navigate(to(`train?tab=current&run=${id}`)),
  });
  const plan = planned.data;
  const blocked = plan?.findings.some(({ severity }) => severity === "error") ?? true;
  const label = messages.plan.start(request.version, seeds);
  const start = () => starting.mutate();
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
            {canRehearse(plan) ? (
              <Rehearsal
                request={{
                  version: plan.version,
                  preset: plan.preset,
                  overrides: settled.overrides,
                  prompt: settled.prompt,
                }}
                disabled={plan.steps === null}
              />
            ) : null}
            {request.anyway || isMemoryShort(plan) ? (
              <Checkbox
                label={messages.plan.anyway}
                description={messages.plan.anywayHelp}
                checked={request.anyway}
                onChange={({ currentTarget }) => setAnyway(currentTarget.checked)}
              />
            ) : null}
            <FailureNotice error={starting.error} title={messages.plan.startFailed} />
            <Button fullWidth size="sm" disabled={blocked} loading={starting.isPending} onClick={start}>
              {label}
            </Button>
            <BasePreparation waiting={starting.isPending} />
            {blocked ? <Caption>{messages.plan.blocked}</Caption> : null}
            <SpecAndCommand plan={plan} />
          </Stack>
        )}
      </Panel>
    </div>
  );
}

/** Whether only the memory check, which can be overridden, prevents the start. */
const isMemoryShort = ({ findings }: TrainingPlan): boolean =>
  findings.some(({ severity, code }) => severity === "error" && code === "memory");

/** Whether the base would be downloaded, has Mistral 7B's known sizes, and the prompt can be trained with. */
const canRehearse = ({ findings, memory }: TrainingPlan): boolean => {
  const has = (wanted: string) => findings.some(({ code }) => code === wanted);
  return memory !== null && has("base-fetched") && !has("prompt");
};

const colours = { error: "orange", warning: "yellow", note: "gray" } as const;

/** Lists errors, then warnings, then notes. */
function PlanFindings({ findings }: { findings: readonly PlanFinding[] }) {
  const order = ["error", "warning", "note"] as const;
  const sorted = order.flatMap((severity) => findings.filter((one) => one.severity === severity));
  if (sorted.length === 0) {
    return <Text c="var(--nw-better)">{messages.plan.noFindings}</Text>;
  }
  return (
    <Stack gap={8}>
      {sorted.map(({ severity, code, message, hint }) => (
        <Alert
          key={code}
          color={colours[severity]}
          p={8}
          title={messages.plan.severities[severity]}
          // Yellow on its own tint is too pale to read.
          styles={{ title: { color: "var(--mantine-color-text)" } }}
        >
          <Text size="xs">{message}</Text>
          {hint === null ? null : (
            <Text size="xs" mt={4}>
              {hint}
            </Text>
          )}
        </Alert>
      ))}
    </Stack>
  );
}

/** Shows the training as a terminal command and as the run's spec. */
function SpecAndCommand({ plan }: { plan: TrainingPlan }) {
  return (
    <Accordion multiple variant="contained" transitionDuration={0}>
      <Accordion.Item value="command">
        <Accordion.Control>{messages.plan.command}</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={plan.command} label={messages.plan.commandLabel} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="spec">
        <Accordion.Control>{messages.plan.spec}</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={JSON.stringify(plan.spec, null, 2)} label={messages.plan.specLabel} height={320} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
