import { memo } from "react";
import { parseSuggestions } from "../../../../shared/domain/dataset/suggestions.ts";
import { lintNames } from "../../../../shared/domain/naming/names.ts";
import { messages } from "../messages.ts";

const { names: text } = messages;

/** Returns the message of each name that breaks a rule, by position. */
export function brokenNames(names: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { index, message } of lintNames(names)) {
    if (index !== null && !found.has(index)) found.set(index, message);
  }
  return found;
}

/**
 * Shows the names of a row as chips, or "refusal", or text that isn't a list. Uses plain elements, because several
 * hundred of them are drawn per frame during scrolling.
 */
export const NamesCell = memo(function NamesCell({ value }: { value: string }) {
  const parsed = parseSuggestions(value);
  if (parsed.kind !== "names") {
    return (
      <span className="nw-no-names" title={parsed.message}>
        {value === "" ? text.empty : value}
      </span>
    );
  }
  if (parsed.names.length === 0) return <span className="nw-refusal">{text.refusal}</span>;
  const broken = brokenNames(parsed.names);
  return (
    <span className="nw-names">
      {parsed.names.map((name, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may appear twice, so its position is its key
          key={at}
          className={broken.has(at) ? "nw-name nw-name-broken" : "nw-name"}
          title={broken.get(at)}
        >
          {name === "" ? text.emptyName : name}
        </span>
      ))}
    </span>
  );
});
