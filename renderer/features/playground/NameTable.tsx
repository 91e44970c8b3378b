import { Box, Table, Tooltip } from "@mantine/core";
import { formatProbability } from "../../../shared/domain/format/probability.ts";
import type { Suggestion } from "../../../shared/schema/suggest.ts";
import { messages } from "./messages.ts";

const { answer: text } = messages;

/** Shows names with their probabilities. The bar shows the probability per token, which doesn't depend on length. */
export function NameTable({ names }: { names: Suggestion["names"] }) {
  return (
    <Table layout="fixed" horizontalSpacing={0} verticalSpacing={0} withRowBorders={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th fz="xs" fw={400} c="dimmed">
            {text.name}
          </Table.Th>
          <Heading label={text.p} meaning={text.pHelp} />
          <Heading label={text.pPerToken} meaning={text.pPerTokenHelp} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map(({ name, probability }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a model may repeat a name, and names keep their order
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

/** Shows no bar for an unknown share, because an empty bar would look like zero. */
function Bar({ share }: { share: number | null }) {
  if (share === null) return <Box h={2} mb={2} />;
  return (
    <Box h={2} bg="var(--mantine-color-default-border)" mr={8} mb={2} aria-hidden>
      <Box h={2} w={`${100 * share}%`} bg="var(--nw-noise)" />
    </Box>
  );
}
