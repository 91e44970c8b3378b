import { Box, Button, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import type { Neighbours } from "../../../../shared/schema/document.ts";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import type { PanelProps } from "./panelProps.ts";

const LISTED = 200;

function Side({ name, text, onOpen }: { name: string; text: string; onOpen?: () => void }) {
  return (
    <UnstyledButton
      disabled={onOpen === undefined}
      {...(onOpen === undefined ? {} : { onClick: onOpen })}
      style={{ display: "block", width: "100%" }}
    >
      <Text size="xs" c="dimmed" className="nw-figures">
        {name}
      </Text>
      <Text size="xs" lineClamp={3} style={{ overflowWrap: "anywhere" }}>
        {text}
      </Text>
    </UnstyledButton>
  );
}

interface PairProps {
  readonly how: string;
  readonly one: { name: string; text: string; onOpen(): void };
  readonly other: { name: string; text: string; onOpen?: () => void };
  onDelete?: (() => void) | undefined;
}

function Pair({ how, one, other, onDelete }: PairProps) {
  return (
    <Box p={8} style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 4 }}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Text size="xs" fw={600}>
          {how}
        </Text>
        {onDelete === undefined ? null : (
          <Button variant="default" size="compact-xs" onClick={onDelete}>
            Delete {one.name}
          </Button>
        )}
      </Group>
      <Stack gap={4}>
        <Side {...one} />
        <Side {...other} />
      </Stack>
    </Box>
  );
}

function Duplicates({ found, ...props }: PanelProps & { found: Neighbours }) {
  const { onGoTo, acts, readOnly } = props;
  return (
    <Stack gap={8}>
      <Title order={3}>
        {found.duplicateCount === 0
          ? "No row twice"
          : pluralize(
              found.duplicateCount,
              "row that repeats an earlier one",
              "rows that repeat earlier ones",
            )}
      </Title>
      {found.duplicates.map(({ id, row, cells, earlierId, earlierRow, earlierCells, exact }) => (
        <Pair
          key={id}
          how={exact ? "Same description" : "Nearly the same"}
          one={{ name: `row ${row}`, text: cells[0] ?? "", onOpen: () => void onGoTo(id, 0) }}
          other={{
            name: `row ${earlierRow}`,
            text: earlierCells[0] ?? "",
            onOpen: () => void onGoTo(earlierId, 0),
          }}
          onDelete={readOnly ? undefined : () => void acts.deleteRow(id)}
        />
      ))}
    </Stack>
  );
}

function Leaks({ found, ...props }: PanelProps & { found: Neighbours }) {
  const { onGoTo, acts, readOnly } = props;
  if (found.against === null) {
    return (
      <Text size="sm" c="dimmed">
        There is no test set here to compare with.
      </Text>
    );
  }
  const against = found.against.split(/[/\\]/).at(-1) ?? "";
  if (found.againstFailure !== null)
    return <FailureNotice error={found.againstFailure} title={`${against} could not be compared with`} />;
  return (
    <Stack gap={8}>
      <Title order={3}>
        {found.leakCount === 0
          ? `No row of ${against} in here`
          : `${pluralize(found.leakCount, "row")} that ${against} has too`}
      </Title>
      {found.leaks.map((leak) => (
        <Pair
          key={`${leak.id} ${leak.againstRow}`}
          how={leak.exact ? "Same description" : `Alike by ${formatNumber(leak.similarity, 2)}`}
          one={{ name: `row ${leak.row}`, text: leak.description, onOpen: () => void onGoTo(leak.id, 0) }}
          other={{ name: `${against}, row ${leak.againstRow}`, text: leak.againstDescription }}
          onDelete={readOnly ? undefined : () => void acts.deleteRow(leak.id)}
        />
      ))}
    </Stack>
  );
}

/** Rows that stand there twice, and rows that the test set holds too: both sides of each pair. */
export function NeighboursPanel(props: PanelProps) {
  const input = { file: props.file, limit: LISTED };
  const { data, error, refetch } = useQuery({
    ...useApi().dataset.document.neighbours.queryOptions({ input }),
    queryKey: ["document-neighbours", input, props.revision],
    placeholderData: keepPreviousData,
  });
  if (error !== null)
    return (
      <FailureNotice error={error} title="The rows could not be compared" onRetry={() => void refetch()} />
    );
  if (data === undefined) return <LinesSkeleton lines={8} />;
  return (
    <Stack gap={16}>
      <Leaks found={data} {...props} />
      <Duplicates found={data} {...props} />
    </Stack>
  );
}
