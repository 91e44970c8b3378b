import { formsOf } from "./forms.ts";
import { attributes } from "./lexicon/attributes.ts";
import { body } from "./lexicon/body.ts";
import { commerce } from "./lexicon/commerce.ts";
import type { ConceptSource } from "./lexicon/concept.ts";
import { food } from "./lexicon/food.ts";
import { affixes, everyday, inappropriateWords, stopWords } from "./lexicon/general.ts";
import { home } from "./lexicon/home.ts";
import { nature } from "./lexicon/nature.ts";
import { niche } from "./lexicon/niche.ts";

/** A word's part in one concept. `trigger`: a description with it is about the concept. */
interface Membership {
  readonly concept: number;
  readonly trigger: boolean;
}

/** The lexicon, indexed by every form of its words. */
export interface Lexicon {
  readonly concepts: readonly { readonly name: string; readonly weight: number }[];
  readonly memberships: ReadonlyMap<string, readonly Membership[]>;
  /** Every form of a word → its lemma; the first concept that holds it decides. */
  readonly lemmas: ReadonlyMap<string, string>;
  /** The first four letters → every form that begins with them and belongs to a concept. */
  readonly openings: ReadonlyMap<string, readonly string[]>;
  readonly affixes: ReadonlySet<string>;
  readonly everyday: ReadonlySet<string>;
  readonly stopWords: ReadonlySet<string>;
  readonly inappropriate: ReadonlySet<string>;
}

const trades = [...food, ...home, ...body, ...nature, ...commerce, ...niche];
const split = (words: string) => words.split(" ").filter((word) => word !== "");

/** Everything the lexicon says, in one text: its hash goes into the judge's stamp. */
export const lexiconText = JSON.stringify({
  trades,
  attributes,
  affixes,
  everyday,
  stopWords,
  inappropriateWords,
});

function addConcept(
  source: ConceptSource,
  concept: number,
  memberships: Map<string, Membership[]>,
  lemmas: Map<string, string>,
): void {
  const [, triggers, related] = source;
  const seen = new Set<string>();
  const add = (lemma: string, trigger: boolean) => {
    for (const form of formsOf(lemma)) {
      if (seen.has(form)) continue;
      seen.add(form);
      if (!lemmas.has(form)) lemmas.set(form, lemma);
      const known = memberships.get(form);
      if (known === undefined) memberships.set(form, [{ concept, trigger }]);
      else known.push({ concept, trigger });
    }
  };
  for (const lemma of split(triggers)) add(lemma, true);
  for (const lemma of split(related)) add(lemma, false);
}

/** An attribute (for whom, where, when) says less about a name than a trade does. */
const attributeWeight = 0.5;

/** Letters by which the forms are looked up for fragments of words. */
export const openingLength = 4;

function buildLexicon(): Lexicon {
  const memberships = new Map<string, Membership[]>();
  const lemmas = new Map<string, string>();
  const sources = [...trades, ...attributes];
  sources.forEach((source, concept) => {
    addConcept(source, concept, memberships, lemmas);
  });
  return {
    concepts: sources.map(([name], index) => ({ name, weight: index < trades.length ? 1 : attributeWeight })),
    memberships,
    lemmas,
    openings: Map.groupBy(memberships.keys(), (form) => form.slice(0, openingLength)),
    affixes: new Set(split(affixes)),
    everyday: new Set(split(everyday)),
    stopWords: new Set(split(stopWords)),
    inappropriate: new Set(split(inappropriateWords).flatMap(formsOf)),
  };
}

let built: Lexicon | undefined;

/** The lexicon, indexed on first use (about 40,000 forms, some 0.1 s). */
export function lexicon(): Lexicon {
  built ??= buildLexicon();
  return built;
}
