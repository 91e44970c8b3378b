import { Box, Table, Tooltip } from "@mantine/core";
import { formatProbability } from "../../../shared/domain/format/probability.ts";
import type { Suggestion } from "../../../shared/schema/suggest.ts";

const meanings = {
  probability:
    "How probable the model finds this very name at this place, given the names before it: the product over its tokens.",
  perToken: "The geometric mean over the name's tokens: comparable between short names and long ones.",
};

/** The names with their probabilities, the bar by token so that length does not decide. */
export function NameTable({ names }: { names: Suggestion["names"] }) {
  return (
    <Table layout="fixed" horizontalSpacing={0} verticalSpacing={0} withRowBorders={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th fz="xs" fw={400} c="dimmed">
            name
          </Table.Th>
          <Heading label="p" meaning={meanings.probability} />
          <Heading label="p/token" meaning={meanings.perToken} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map(({ name, probability }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a model may give one name twice, and they never change places
          <Table.Tr key={at}>
            <Table.Td className="nw-mono" lh="20px" style={{ overflowWrap: "anywhere" }}>
              {name}
              <Bar share={probability?.perToken ?? null} />
            </Table.Td>
            <Table.Td ta="right" fz="xs" style={{ verticalAlign: "top" }}>
              {formatProbability(probability?.probability ?? null)}
            </Table.Td>
            <Table.Td ta="right" fz="xs" style={{ verticalAlign: "top" }}>
              {formatProbability(probability?.perToken ?? null)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Heading({ label, meaning }: { label: string; meaning: string }) {
  return (
    <Table.Th fz="xs" fw={400} c="dimmed" ta="right" w={52}>
      <Tooltip label={meaning}>
        <abbr aria-label={meaning} style={{ textDecoration: "none" }}>
          {label}
        </abbr>
      </Tooltip>
    </Table.Th>
  );
}

/** None where the share is not known: an empty one would read as zero. */
function Bar({ share }: { share: number | null }) {
  if (share === null) return <Box h={2} mb={2} />;
  return (
    <Box h={2} bg="var(--mantine-color-default-border)" mr={8} mb={2} aria-hidden>
      <Box h={2} w={`${100 * share}%`} bg="var(--nw-noise)" />
    </Box>
  );
}
