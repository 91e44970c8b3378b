import { wordsOf } from "./forms.ts";
import { type Lexicon, lexicon } from "./lexicon.ts";

/** What a description is about, and what it asks of its names. */
export interface Topic {
  /** Activation 0–1 of each concept, by its number; absent: 0. */
  readonly activation: ReadonlyMap<number, number>;
  /** The description's content words and their lemmas. */
  readonly words: ReadonlySet<string>;
  readonly wantsNoHyphens: boolean;
  readonly wantsNumbers: boolean;
  readonly wantsNoNumbers: boolean;
}

const relatedTriggerWeight = 0.3;

/** The words and pairs of neighboring words (`real-estate`) of a description, each once. */
function termsOf(description: string): Set<string> {
  const words = wordsOf(description);
  const pairs = words.slice(1).map((word, index) => `${words[index]}-${word}`);
  return new Set([...words, ...pairs]);
}

/**
 * How far each concept is meant: a trigger word counts 1/√k (k concepts share it as trigger), a related word
 * 0.3/k; each lemma counts once. Divided by the strongest (at least 0.6) and its square root taken, so that a
 * second trade of the business still counts.
 */
function activationOf(terms: ReadonlySet<string>, known: Lexicon): Map<number, number> {
  const raw = new Map<number, number>();
  const counted = new Set<string>();
  for (const term of terms) {
    if (known.stopWords.has(term)) continue;
    const lemma = known.lemmas.get(term) ?? term;
    if (counted.has(lemma)) continue;
    counted.add(lemma);
    const memberships = known.memberships.get(term) ?? [];
    const triggers = memberships.filter(({ trigger }) => trigger).length;
    for (const { concept, trigger } of memberships) {
      const weight = trigger ? 1 / Math.sqrt(triggers) : relatedTriggerWeight / memberships.length;
      raw.set(concept, (raw.get(concept) ?? 0) + weight);
    }
  }
  const strongest = Math.max(0.6, ...raw.values());
  return new Map(
    [...raw].map(([concept, sum]) => [
      concept,
      Math.sqrt(sum / strongest) * (known.concepts[concept]?.weight ?? 1),
    ]),
  );
}

/** A request against or for a thing: "avoid hyphens", "no digits", "prefer numbers", "with a number". */
function asks(description: string, thing: string, verbs: string): boolean {
  return new RegExp(`\\b(?:${verbs})\\b[^.!?;]{0,30}\\b(?:${thing})\\b`, "iu").test(description);
}

const refusingVerbs = "avoid|avoiding|no|without|never|not|don't|exclude|skip|free of";
const wantingVerbs = "prefer|prefers|preferably|with|include|including|use|want|contain|containing|add";

/** Reads a description once for all its names. Pure; no error: a text of no known word has no activation. */
export function topicOf(description: string): Topic {
  const known = lexicon();
  const terms = termsOf(description);
  const content = [...terms].filter(
    (term) => !term.includes("-") && !known.stopWords.has(term) && term.length > 2,
  );
  const wantsNoNumbers = asks(description, "numbers?|digits?", refusingVerbs);
  return {
    activation: activationOf(terms, known),
    words: new Set(content.flatMap((word) => [word, known.lemmas.get(word) ?? word, word.replace(/s$/, "")])),
    wantsNoHyphens: asks(description, "hyphens?|dashes|hyphenated", refusingVerbs),
    wantsNoNumbers,
    wantsNumbers: !wantsNoNumbers && asks(description, "numbers?|digits?", wantingVerbs),
  };
}
