import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import type { NextStep } from "../../../shared/schema/overview.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { leadPath } from "./leadPath.ts";

/** The one thing to do next, why, and the button that begins it. */
export function NextStepCard({ next }: { next: NextStep }) {
  const { to } = useWorkspacePath();
  return (
    <Paper
      p={12}
      component="section"
      aria-label="Next step"
      style={{ borderColor: "var(--mantine-primary-color-filled)" }}
    >
      <Group justify="space-between" gap={16}>
        <div>
          <Title order={2}>Next</Title>
          <Text size="sm">{next.words}</Text>
        </div>
        {next.kind === "copy-sample" ? null : (
          <Button component={Link} href={to(leadPath(next))}>
            {next.label}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
