import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { failureOf } from "../api/index.ts";
import { messages } from "./messages.ts";

interface FailureNoticeProps {
  /** Null: nothing failed, and nothing is shown. */
  readonly error: unknown;
  /** What failed, such as "Couldn't load the results". */
  readonly title?: string;
  onRetry?(): void;
}

/** Paths can be wider than a side panel. */
const wrapped = { overflowWrap: "anywhere", whiteSpace: "pre-wrap" } as const;

/** Shows a failure: what happened, what to do, and where in a file. */
export function FailureNotice({ error, title, onRetry }: FailureNoticeProps) {
  if (error === null) return null;
  const { code, message, hint, file, row, column } = failureOf(error);
  const place = [
    file,
    row === undefined ? null : `row ${row}`,
    column === undefined ? null : `column ${column}`,
  ];
  const shownPlace = place.filter((part) => part !== null && part !== undefined).join(", ");
  return (
    <Alert
      color="orange"
      role="alert"
      title={title ?? (code === "defect" ? messages.failure.internal : messages.failure.failed)}
    >
      <Text style={wrapped}>{sentenceCase(message)}</Text>
      {hint === undefined ? null : (
        <Text mt={4} style={wrapped}>
          {sentenceCase(hint)}
        </Text>
      )}
      {shownPlace === "" ? null : (
        <Code mt={4} block style={wrapped}>
          {shownPlace}
        </Code>
      )}
      {onRetry === undefined ? null : (
        <Group mt={8}>
          <Button variant="default" onClick={() => onRetry()}>
            {messages.failure.retry}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
