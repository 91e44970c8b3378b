import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { failureOf } from "../api/index.ts";

interface FailureNoticeProps {
  readonly error: unknown;
  /** What had been asked for, as "The results cannot be shown". */
  readonly title?: string;
  onRetry?(): void;
}

/** Paths are longer than a side panel is wide. */
const wrapped = { overflowWrap: "anywhere", whiteSpace: "pre-wrap" } as const;

/** What happened, what to do, and where in a file: the one form in which a failure is shown. */
export function FailureNotice({ error, title, onRetry }: FailureNoticeProps) {
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
      title={title ?? (code === "defect" ? "Something went wrong inside" : "That did not work")}
    >
      <Text size="sm" style={wrapped}>
        {sentenceCase(message)}
      </Text>
      {hint === undefined ? null : (
        <Text size="sm" mt={4} style={wrapped}>
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
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
