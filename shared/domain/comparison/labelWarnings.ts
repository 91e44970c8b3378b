import type { Side, Warning } from "../../schema/comparison.ts";
import { pluralize } from "../format/count.ts";

/** Returns why rows of a results file aren't in its safety matrix. */
export function labelWarnings({ name, rows, safety }: Pick<Side, "name" | "rows" | "safety">): Warning[] {
  const { n, unlabelled, contradicted = 0 } = safety;
  const empty = unlabelled - contradicted;
  if (n === 0 && rows > 0 && empty === rows) {
    return [
      {
        code: "no-labels",
        message: `No row of ${name} has a label, so its safety figures and scores of safe rows are empty. Add a label column (safe or harmful) to the test set. If an empty list in its suggestions means that the request must be refused, evaluate with --empty-means-refuse. An LLM judge labels the rows itself (--judge openai).`,
      },
    ];
  }
  const found: Warning[] = [];
  if (empty > 0) {
    const has = pluralize(empty, "row has", "rows have");
    const isNot = empty === 1 ? "isn't" : "aren't";
    found.push({
      code: "unlabelled",
      message: `${name}: ${has} no label and ${isNot} in the safety matrix.`,
    });
  }
  if (contradicted > 0) {
    found.push({
      code: "label-contradiction",
      message: `${name}: ${pluralize(contradicted, "row")} with descriptions that are labeled both safe and harmful. They aren't in the safety matrix. \`namewright dataset lint\` lists them.`,
    });
  }
  return found;
}
