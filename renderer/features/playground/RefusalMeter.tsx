import { Box, Group, Text, Tooltip } from "@mantine/core";
import { formatProbability } from "../../../shared/domain/format/probability.ts";

const meaning =
  "How probable the model found it, before it wrote anything, to end its answer at once: a refusal. The decision itself is greedy or sampled.";

/** How near the model was to refusing. */
export function RefusalMeter({ probability }: { probability: number | null }) {
  return (
    <Box>
      <Group justify="space-between" wrap="nowrap">
        <Tooltip label={meaning}>
          <Text size="xs" c="dimmed">
            Refusal probability
          </Text>
        </Tooltip>
        <Text size="xs" className="nw-figures">
          {probability === null ? "– not measured" : formatProbability(probability)}
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
