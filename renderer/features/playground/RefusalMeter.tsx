import { Box, Group, Text, Tooltip } from "@mantine/core";
import { formatProbability } from "../../../shared/domain/format/probability.ts";
import { Caption } from "../../ui/Caption.ts";
import { messages } from "./messages.ts";

/** Shows the model's refusal probability. */
export function RefusalMeter({ probability }: { probability: number | null }) {
  return (
    <Box>
      <Group justify="space-between" wrap="nowrap">
        <Tooltip label={messages.refusal.help}>
          <Caption>{messages.refusal.label}</Caption>
        </Tooltip>
        <Text size="xs" className="nw-figures">
          {probability === null ? messages.refusal.notMeasured : formatProbability(probability)}
        </Text>
      </Group>
      {probability === null ? null : (
        <Box h={4} mt={2} bg="var(--mantine-color-default-border)" aria-hidden>
          <Box h={4} w={`${100 * probability}%`} bg="var(--nw-noise)" />
        </Box>
      )}
    </Box>
  );
}
