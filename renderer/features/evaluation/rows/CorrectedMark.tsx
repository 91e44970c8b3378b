import { Badge } from "@mantine/core";

/** Wherever a person's word stands in place of the judge's or the file's. */
export function CorrectedMark({ what }: { what: "label" | "score" }) {
  return (
    <Badge color="accent" title={`A person set this ${what}`} aria-label={`${what} set by a person`}>
      ✎
    </Badge>
  );
}
