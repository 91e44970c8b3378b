import { Button } from "@mantine/core";
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
