import { Button } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";

/** Shown instead of the form while the workspace has no dataset. */
export function NoDataset() {
  const { to } = useWorkspacePath();
  return (
    <EmptyState
      title={messages.noDataset.title}
      action={
        <Button component={Link} href={to("datasets")}>
          {messages.noDataset.action}
        </Button>
      }
    >
      {messages.noDataset.body}
    </EmptyState>
  );
}
