import { Alert, Button, Text } from "@mantine/core";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { messages } from "./messages.ts";
import type { EvaluateUrl } from "./useEvaluateUrl.ts";

/** Shown before the first evaluation. */
export function NoResults({ url }: { url: EvaluateUrl }) {
  return (
    <EmptyState
      title={messages.noResults.title}
      action={<Button onClick={() => url.go("start")}>{messages.evaluateVersion}</Button>}
    >
      {messages.noResults.body}
    </EmptyState>
  );
}

interface NoResultsOfProps {
  readonly asked: string;
  readonly shown: string;
  /** Whether the version exists, so that it can be evaluated. */
  readonly known: boolean;
  readonly url: EvaluateUrl;
}

/** Says that the version in the URL has no results and that another version is shown. */
export function NoResultsOf({ asked, shown, known, url }: NoResultsOfProps) {
  return (
    <Alert color="orange" role="alert" title={messages.noResults.titleOf(asked)} mb={16}>
      <Text>{known ? messages.noResults.notEvaluated(shown) : messages.noResults.notFound(shown)}</Text>
      {known ? (
        <Button variant="default" mt={8} onClick={() => url.go("start", { versions: asked })}>
          {messages.noResults.evaluate(asked)}
        </Button>
      ) : null}
    </Alert>
  );
}
