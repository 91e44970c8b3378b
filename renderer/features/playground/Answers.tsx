import { Box, SimpleGrid, Text } from "@mantine/core";
import type { NewRow } from "../../../shared/domain/playground/rowCells.ts";
import type { PlaygroundVersion } from "../../../shared/schema/suggest.ts";
import { useVersionColour } from "../../ui/useVersionColour.ts";
import { AnswerColumn } from "./AnswerColumn.tsx";
import { messages } from "./messages.ts";
import type { Session } from "./playgroundStore.ts";

interface AnswersProps {
  readonly session: Session;
  readonly versions: readonly PlaygroundVersion[];
  onSend(row: NewRow): void;
}

function samplingWords({ decoding, temperature, seed }: Session["request"]): string {
  if (decoding === "best-of-pool") return messages.answer.bestOfPool(seed);
  return temperature === 0 ? "" : messages.answer.sampling(temperature, seed);
}

/** Minimum width of a column with five readable names and their probabilities, in pixels. */
const narrowest = 232;

/** Shows the answers to one question, one column per version. */
export function Answers({ session, versions, onSend }: AnswersProps) {
  const colour = useVersionColour(versions.map(({ version }) => version));
  const { columns, request } = session;
  return (
    <Box component="section" aria-label={messages.answer.all}>
      <Text c="dimmed" mb={8} lineClamp={2}>
        “{request.description}”{samplingWords(request)}
        {request.grammar === "names" ? messages.answer.onlyValid : ""}
      </Text>
      <SimpleGrid
        type="container"
        spacing={8}
        style={{ gridTemplateColumns: `repeat(auto-fit, minmax(${narrowest}px, 1fr))` }}
      >
        {columns.map(({ version, state }) => (
          <AnswerColumn
            key={version}
            version={version}
            about={versions.find((one) => one.version === version)}
            state={state}
            colour={colour(version)}
            onSend={(names) => onSend({ description: request.description, names })}
          />
        ))}
      </SimpleGrid>
    </Box>
  );
}
