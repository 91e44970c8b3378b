import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal, ProposalDecision } from "../../../../shared/schema/proposals.ts";
import { Caption } from "../../../ui/Caption.ts";
import { decisionLabels } from "../labels.ts";
import { messages } from "../messages.ts";

const marks: Record<ProposalDecision, string> = { open: "○", accepted: "✓", rejected: "✗" };
interface ProposalIndexProps {
  readonly proposals: readonly Proposal[];
  /** Edited, not yet accepted rows by id. */
  readonly typed: ReadonlyMap<number, DatasetRow>;
  readonly shown: number | null;
  onShow(id: number): void;
}

/** Lists all proposed rows with their decisions. */
export function ProposalIndex({ proposals, typed, shown, onShow }: ProposalIndexProps) {
  return (
    <Stack
      component="nav"
      gap={0}
      aria-label={messages.review.list}
      mah="60dvh"
      style={{ overflowY: "auto" }}
    >
      {proposals.map(({ id, decision, row, written }) => (
        <UnstyledButton
          key={id}
          px={8}
          py={4}
          aria-current={id === shown ? "true" : undefined}
          bg={id === shown ? "var(--mantine-primary-color-light)" : "transparent"}
          onClick={() => onShow(id)}
        >
          <Group gap={8} wrap="nowrap">
            <Text span aria-hidden>
              {marks[decision]}
            </Text>
            <Text span truncate flex={1} td={decision === "rejected" ? "line-through" : undefined}>
              {row.description}
            </Text>
            <Caption span>
              {typed.has(id) ? messages.review.editedUnsaved : describeState(decision, written !== null)}
            </Caption>
          </Group>
        </UnstyledButton>
      ))}
    </Stack>
  );
}

const describeState = (decision: ProposalDecision, edited: boolean): string =>
  edited ? `${decisionLabels[decision]}, edited` : decisionLabels[decision];
