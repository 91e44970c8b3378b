import { Alert, Stack, Text } from "@mantine/core";
import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";

const titles = { error: "Wrong", warning: "Mind", note: "Note" } as const;
const colours = { error: "orange", warning: "yellow", note: "gray" } as const;

/** What is wrong, what to mind, what to know: the worst first. */
export function PlanFindings({ findings }: { findings: readonly PlanFinding[] }) {
  const order = ["error", "warning", "note"] as const;
  const sorted = order.flatMap((severity) => findings.filter((one) => one.severity === severity));
  if (sorted.length === 0) {
    return (
      <Text size="sm" c="var(--nw-better)">
        Nothing is wrong with it.
      </Text>
    );
  }
  return (
    <Stack gap={8}>
      {sorted.map(({ severity, code, message, hint }) => (
        <Alert key={code} color={colours[severity]} p={8} title={titles[severity]}>
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
