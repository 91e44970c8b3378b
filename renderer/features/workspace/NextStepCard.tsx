import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import type { NextStep } from "../../../shared/schema/overview.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { stepHref } from "./stepHref.ts";

/** Shows the recommended next step, the reason for it, and the button that starts it. */
export function NextStepCard({ next }: { next: NextStep }) {
  const { to } = useWorkspacePath();
  return (
    <Paper
      p={12}
      component="section"
      aria-label={messages.nextStep}
      style={{ borderColor: "var(--mantine-primary-color-filled)" }}
    >
      <Group justify="space-between" gap={16}>
        <div>
          <Title order={2}>{messages.nextStep}</Title>
          <Text>{next.words}</Text>
        </div>
        {next.kind === "copy-sample" ? null : (
          <Button component={Link} href={to(stepHref(next))}>
            {next.label}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
