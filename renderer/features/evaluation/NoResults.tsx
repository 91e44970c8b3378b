import { Alert, Button, Text } from "@mantine/core";
import { EmptyState } from "../../ui/EmptyState.tsx";
import type { EvaluateUrl } from "./useEvaluateUrl.ts";

/** Nothing was evaluated here yet. */
export function NoResults({ url }: { url: EvaluateUrl }) {
  return (
    <EmptyState
      title="No version has results yet"
      action={<Button onClick={() => url.go("start")}>Evaluate a version</Button>}
    >
      A version names every description of the test set and is judged: how good its names are, what it
      refuses, and what it should have refused. The figures stand here, and each opens the rows behind it.
    </EmptyState>
  );
}

interface NoResultsOfProps {
  readonly asked: string;
  readonly shown: string;
  /** Whether there is such a version, so that it can be evaluated. */
  readonly known: boolean;
  readonly url: EvaluateUrl;
}

/** The version that the address names has no results; those of another stand below. */
export function NoResultsOf({ asked, shown, known, url }: NoResultsOfProps) {
  return (
    <Alert color="orange" role="alert" title={`${asked} has no results`} mb={16}>
      <Text size="sm">
        {known ? "It was not evaluated yet." : "There is no such version in this workspace."} What stands
        below is about {shown}.
      </Text>
      {known ? (
        <Button variant="default" mt={8} onClick={() => url.go("start", { versions: asked })}>
          Evaluate {asked}
        </Button>
      ) : null}
    </Alert>
  );
}
