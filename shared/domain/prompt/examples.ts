import { controlTokensIn } from "../lint/controlTokens.ts";
import { completionOf } from "../naming/completion.ts";
import { lintNames } from "../naming/names.ts";
import { LeakSearch } from "../neardup/leaks.ts";
import { mulberry32, shuffled } from "../random.ts";

/** A dataset row that shows a base how to answer. [] names: a refusal. */
export interface PromptExample {
  readonly row: number;
  readonly description: string;
  readonly names: readonly string[];
}

/** What a prompt asks for instead of names. The word alone is read as a refusal. */
export const refusalWord = "NONE";

/** Examples in a prompt by their kind. */
const exampleCounts = { answered: 3, refused: 1 } as const;

/** Longer descriptions would take the room of the description that is asked about. In characters. */
const longestDescription = 160;

/**
 * Chooses examples from the rows of a training dataset: three answered and one refused, or what is there. The seed
 * alone decides among the usable rows. A row that equals or resembles a test description is never chosen: the prompt
 * would show the model what it is tested on.
 */
export function chooseExamples(
  rows: readonly {
    readonly row: number;
    readonly description: string;
    readonly suggestions: string[] | null;
  }[],
  testDescriptions: readonly string[],
  seed: number,
): PromptExample[] {
  const tested = new LeakSearch(testDescriptions.map((description, at) => ({ row: at + 1, description })));
  const random = mulberry32(seed);
  const left = { ...exampleCounts } as Record<keyof typeof exampleCounts, number>;
  const chosen: PromptExample[] = [];
  for (const { row, description, suggestions } of shuffled(random, rows)) {
    if (left.answered + left.refused === 0) break;
    if (suggestions === null || !isClear(description) || lintNames(suggestions).length > 0) continue;
    const kind = suggestions.length === 0 ? "refused" : "answered";
    if (left[kind] === 0 || tested.like(description).length > 0) continue;
    left[kind] -= 1;
    chosen.push({ row, description, names: suggestions });
  }
  // Refusals would otherwise often be first or last, where a model copies them.
  return shuffled(random, chosen);
}

function isClear(description: string): boolean {
  return (
    description.trim() !== "" &&
    description.length <= longestDescription &&
    !description.includes("\n") &&
    controlTokensIn(description).length === 0
  );
}

/** Writes examples as the prompt shows them, in the form of the question that follows. */
export function exampleText(examples: readonly PromptExample[]): string {
  return examples
    .map(({ description, names }) => {
      const answer = names.length === 0 ? refusalWord : completionOf(names);
      return `Business: ${description}\nAnswer:\n${answer}`;
    })
    .join("\n\n");
}
