import { Button, Group, Kbd, Paper, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { validateName } from "../../../../shared/domain/naming/names.ts";
import { namingBounds } from "../../../../shared/domain/naming/rules.ts";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal, ProposalDecision } from "../../../../shared/schema/proposals.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { messages } from "../messages.ts";

const { review: text } = messages;

interface ProposalCardProps {
  readonly proposal: Proposal;
  /** The edited, not yet accepted row; null: not edited. */
  readonly typed: DatasetRow | null;
  readonly position: number;
  readonly count: number;
  /** The rows have been added to a dataset, so decisions are final. */
  readonly closed: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  onType(row: DatasetRow): void;
  /** `row` null: the generated row. */
  onDecide(decision: ProposalDecision, row: DatasetRow | null): void;
  onMove(by: 1 | -1): void;
}

/** Shows one proposed row, to edit and to accept or reject. */
export function ProposalCard(props: ProposalCardProps) {
  const { proposal, typed, position, count, closed, busy, error, onType, onDecide, onMove } = props;
  const { row, written, slice, source, decision } = proposal;
  const draft = typed ?? row;
  const changed = typed !== null;
  const accept = () => onDecide("accepted", changed || written !== null ? draft : null);
  const reject = () => onDecide("rejected", null);
  useHotkeys(
    closed || busy
      ? []
      : [
          ["A", accept],
          ["R", reject],
          ["J", () => onMove(1)],
          ["K", () => onMove(-1)],
        ],
  );
  return (
    <Paper p={16} component="section" aria-label={text.card(position, count)}>
      <Stack gap={12}>
        <Group justify="space-between">
          <Title order={2}>{text.position(position, count)}</Title>
          <Caption>
            {text.origin(slice, source)}
            {written === null ? "" : text.edited}
          </Caption>
        </Group>
        <Textarea
          label={text.description}
          autosize
          minRows={2}
          maxRows={10}
          readOnly={closed}
          value={draft.description}
          onChange={({ currentTarget }) => onType({ ...draft, description: currentTarget.value })}
        />
        <NamesEditor
          names={draft.suggestions}
          readOnly={closed}
          onChange={(suggestions) => onType({ ...draft, suggestions })}
        />
        <FailureNotice error={error} title={text.acceptFailed} />
        {closed ? null : (
          <Group gap={8}>
            <Button disabled={busy} onClick={accept} rightSection={<Kbd size="xs">A</Kbd>}>
              {changed ? text.acceptEdited : text.accept}
            </Button>
            <Button variant="default" disabled={busy} onClick={reject} rightSection={<Kbd size="xs">R</Kbd>}>
              {text.reject}
            </Button>
            {decision === "open" ? null : (
              <Button variant="subtle" disabled={busy} onClick={() => onDecide("open", null)}>
                {text.later}
              </Button>
            )}
            {written === null ? null : (
              <Button variant="subtle" disabled={busy} onClick={() => onType(written)}>
                {text.reset}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

interface NamesEditorProps {
  readonly names: readonly string[];
  readonly readOnly: boolean;
  onChange(names: string[]): void;
}

/** Edits five names, or says that the correct answer is a refusal. */
function NamesEditor({ names, readOnly, onChange }: NamesEditorProps) {
  if (names.length === 0) {
    return <Text>{text.refusal}</Text>;
  }
  const places = Array.from({ length: Math.max(names.length, namingBounds.namesPerRow) }, (_, at) => at);
  return (
    <Stack gap={4} component="fieldset" p={0} m={0} style={{ border: 0 }}>
      <Text component="legend" fw={500}>
        {text.names}
      </Text>
      {places.map((at) => (
        <TextInput
          key={at}
          aria-label={text.name(at + 1)}
          readOnly={readOnly}
          value={names[at] ?? ""}
          error={validateName(names[at] ?? "")[0]?.message}
          onChange={({ currentTarget }) =>
            onChange(places.map((place) => (place === at ? currentTarget.value : (names[place] ?? ""))))
          }
        />
      ))}
    </Stack>
  );
}
