import { memo } from "react";
import { parseSuggestions } from "../../../../shared/domain/dataset/suggestions.ts";
import { lintNames } from "../../../../shared/domain/naming/names.ts";

/** Which names of a list break a rule, by their place. */
export function brokenNames(names: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { index, message } of lintNames(names)) {
    if (index !== null && !found.has(index)) found.set(index, message);
  }
  return found;
}

/**
 * The names of a row as chips; a refusal and what is no list are said in words. Plain elements: some hundred of them
 * come into view in the time of one frame while one scrolls.
 */
export const NamesCell = memo(function NamesCell({ value }: { value: string }) {
  const parsed = parseSuggestions(value);
  if (parsed.kind !== "names") {
    return (
      <span className="nw-no-names" title={parsed.message}>
        {value === "" ? "empty" : value}
      </span>
    );
  }
  if (parsed.names.length === 0) return <span className="nw-refusal">refusal</span>;
  const broken = brokenNames(parsed.names);
  return (
    <span className="nw-names">
      {parsed.names.map((name, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice; its place is what it is
          key={at}
          className={broken.has(at) ? "nw-name nw-name-broken" : "nw-name"}
          title={broken.get(at)}
        >
          {name === "" ? "(empty)" : name}
        </span>
      ))}
    </span>
  );
});
