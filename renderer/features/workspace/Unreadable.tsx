import { Alert, Text } from "@mantine/core";
import type { Overview } from "../../../shared/schema/overview.ts";
import { messages } from "./messages.ts";

/** Lists models and results that can't be read, each with the reason. */
export function Unreadable({ all }: { all: Overview["unreadable"] }) {
  if (all.length === 0) return null;
  return (
    <Alert color="orange" title={messages.unreadable} maw={520}>
      {all.map(({ what, problem }) => (
        <Text key={what}>
          {what}: {problem}
        </Text>
      ))}
    </Alert>
  );
}
