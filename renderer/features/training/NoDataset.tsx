import { Button } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";

/** Nothing can be trained without rows. */
export function NoDataset() {
  const { to } = useWorkspacePath();
  return (
    <EmptyState
      title="Nothing to train on yet"
      action={
        <Button component={Link} href={to("datasets")}>
          Bring a dataset in
        </Button>
      }
    >
      A training needs a dataset: descriptions, and five names or a refusal for each. Some hundred rows are
      enough.
    </EmptyState>
  );
}
