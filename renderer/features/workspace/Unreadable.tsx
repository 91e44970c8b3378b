import { Alert, Text } from "@mantine/core";
import type { Overview } from "../../../shared/schema/overview.ts";

/** Models and results that lie here and cannot be read, each with why. */
export function Unreadable({ all }: { all: Overview["unreadable"] }) {
  if (all.length === 0) return null;
  return (
    <Alert color="orange" title="This cannot be read" maw={520}>
      {all.map(({ what, problem }) => (
        <Text key={what} size="sm">
          {what}: {problem}
        </Text>
      ))}
    </Alert>
  );
}
