import { Box, Button, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import type { Neighbors } from "../../../../shared/schema/document.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import type { PanelProps } from "./panelProps.ts";

const { neighbours: text } = messages;

const LISTED = 200;

interface SideProps {
  readonly name: string;
  readonly description: string;
  readonly onOpen?: () => void;
}

function Side({ name, description, onOpen }: SideProps) {
  return (
    <UnstyledButton
      disabled={onOpen === undefined}
      {...(onOpen === undefined ? {} : { onClick: onOpen })}
      style={{ display: "block", width: "100%" }}
    >
      <Caption className="nw-figures">{name}</Caption>
      <Text size="xs" lineClamp={3} style={{ overflowWrap: "anywhere" }}>
        {description}
      </Text>
    </UnstyledButton>
  );
}

interface PairProps {
  readonly how: string;
  readonly one: Required<SideProps>;
  readonly other: SideProps;
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
            {text.remove(one.name)}
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

function Duplicates({ found, ...props }: PanelProps & { found: Neighbors }) {
  const { onGoTo, acts, readOnly } = props;
  return (
    <Stack gap={8}>
      <Title order={3}>
        {found.duplicateCount === 0 ? text.noDuplicates : text.duplicates(found.duplicateCount)}
      </Title>
      {found.duplicates.map(({ id, row, cells, earlierId, earlierRow, earlierCells, exact }) => (
        <Pair
          key={id}
          how={exact ? text.same : text.similar}
          one={{
            name: messages.panels.row(row),
            description: cells[0] ?? "",
            onOpen: () => void onGoTo(id, 0),
          }}
          other={{
            name: messages.panels.row(earlierRow),
            description: earlierCells[0] ?? "",
            onOpen: () => void onGoTo(earlierId, 0),
          }}
          onDelete={readOnly ? undefined : () => void acts.deleteRow(id)}
        />
      ))}
    </Stack>
  );
}

function Leaks({ found, ...props }: PanelProps & { found: Neighbors }) {
  const { onGoTo, acts, readOnly } = props;
  if (found.against === null) {
    return <Text c="dimmed">{text.noTestSet}</Text>;
  }
  const against = found.against.split(/[/\\]/).at(-1) ?? "";
  if (found.againstFailure !== null)
    return <FailureNotice error={found.againstFailure} title={text.testSetFailed(against)} />;
  return (
    <Stack gap={8}>
      <Title order={3}>
        {found.leakCount === 0
          ? text.noLeaks(against)
          : text.leaks(pluralize(found.leakCount, "row"), against)}
      </Title>
      {found.leaks.map((leak) => (
        <Pair
          key={`${leak.id} ${leak.againstRow}`}
          how={leak.exact ? text.same : text.similarity(formatNumber(leak.similarity, 2))}
          one={{
            name: messages.panels.row(leak.row),
            description: leak.description,
            onOpen: () => void onGoTo(leak.id, 0),
          }}
          other={{ name: text.fileRow(against, leak.againstRow), description: leak.againstDescription }}
          onDelete={readOnly ? undefined : () => void acts.deleteRow(leak.id)}
        />
      ))}
    </Stack>
  );
}

/** Lists duplicate rows and rows shared with the test set, with both sides of each pair. */
export function NeighboursPanel(props: PanelProps) {
  const input = { file: props.file, limit: LISTED };
  const { data, error, refetch } = useQuery({
    ...useApi().dataset.document.neighbours.queryOptions({ input }),
    queryKey: ["document-neighbours", input, props.revision],
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <FailureNotice error={error} title={text.failed} onRetry={refetch} />;
  if (data === undefined) return <LinesSkeleton lines={8} />;
  return (
    <Stack gap={16}>
      <Leaks found={data} {...props} />
      <Duplicates found={data} {...props} />
    </Stack>
  );
}
