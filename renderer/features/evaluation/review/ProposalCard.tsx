import { Button, Group, Kbd, Paper, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { validateName } from "../../../../shared/domain/naming/names.ts";
import { namingBounds } from "../../../../shared/domain/naming/rules.ts";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal, ProposalDecision } from "../../../../shared/schema/proposals.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";

interface ProposalCardProps {
  readonly proposal: Proposal;
  /** The row with what is typed and not yet accepted; null: it is as it stands. */
  readonly typed: DatasetRow | null;
  readonly position: number;
  readonly count: number;
  /** Its rows are in a dataset: nothing can be decided any more. */
  readonly closed: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  onType(row: DatasetRow): void;
  /** `row` null: as it was written. */
  onDecide(decision: ProposalDecision, row: DatasetRow | null): void;
  onMove(by: 1 | -1): void;
}

/** One proposed row, as it would stand in the dataset; what is typed here goes in with it. */
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
    <Paper p={16} component="section" aria-label={`Proposed row ${position} of ${count}`}>
      <Stack gap={12}>
        <Group justify="space-between">
          <Title order={2}>
            Row {position} of {count}
          </Title>
          <Text size="xs" c="dimmed">
            for {slice}, by {source}
            {written === null ? "" : ", edited by you"}
          </Text>
        </Group>
        <Textarea
          label="Description"
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
        {error === null ? null : <FailureNotice error={error} title="This row was not accepted" />}
        {closed ? null : (
          <Group gap={8}>
            <Button disabled={busy} onClick={accept} rightSection={<Kbd size="xs">A</Kbd>}>
              {changed ? "Accept as edited" : "Accept"}
            </Button>
            <Button variant="default" disabled={busy} onClick={reject} rightSection={<Kbd size="xs">R</Kbd>}>
              Reject
            </Button>
            {decision === "open" ? null : (
              <Button variant="subtle" disabled={busy} onClick={() => onDecide("open", null)}>
                Decide later
              </Button>
            )}
            {written === null ? null : (
              <Button variant="subtle" disabled={busy} onClick={() => onType(written)}>
                As it was written
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

/** Five names, or none where the right answer is a refusal. */
function NamesEditor({ names, readOnly, onChange }: NamesEditorProps) {
  if (names.length === 0) {
    return <Text size="sm">The right answer is a refusal: no names.</Text>;
  }
  const places = Array.from({ length: Math.max(names.length, namingBounds.namesPerRow) }, (_, at) => at);
  return (
    <Stack gap={4} component="fieldset" p={0} m={0} style={{ border: 0 }}>
      <Text component="legend" size="sm" fw={500}>
        Names
      </Text>
      {places.map((at) => (
        <TextInput
          key={at}
          aria-label={`Name ${at + 1}`}
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
