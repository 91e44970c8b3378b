import { Badge } from "@mantine/core";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { messages } from "../messages.ts";

/** Marks a label or score that was set manually. */
export function CorrectedMark({ what }: { what: "label" | "score" }) {
  return (
    <Badge
      color="accent"
      title={sentenceCase(messages.rows.manual(what))}
      aria-label={messages.rows.manual(what)}
    >
      ✎
    </Badge>
  );
}
