import { stemOf, withoutAccents } from "./stem.ts";

/**
 * Words that say nothing about what a business does. Unlike `stopWords`, they don't include "store" or "service", which
 * can be the only words of a topic.
 */
const fillers = new Set(
  `a about above across after again against all almost alone along already also although always am among an and
  another any anybody anyone anything anywhere are around as at away back be became because become been before began
  behind being below beside besides best better between both bring bringing brings but buy by came can cannot care
  carry choose close come comes could day days did do does doing done down during each either else enough even ever
  every everybody everyone everything find first for from full get gets give gives given go goes going good got great
  had half has have having he help helps her here hers him his home how however i if in inside instead into is it its
  itself just keep kind know known large last late later least leave less let like little live long look looking lot
  made make makes making many may me mean meet might month more most mostly much must my name names need needs never
  new next no nobody none nor not nothing now of off offer offering offers often old on once one only onto open opened
  opening or order orders other others our ours out outside over own part people per perhaps place please prefer put
  quite rather really run running runs said same say says see sell selling sells send sent serve serving several shall
  she should show since small so some somebody someone something sometimes soon still such take taken takes than that
  the their them then there these they thing things this those though through time to today together too toward two
  three four five six seven eight nine ten eleven twelve twenty thirty under until up upon us use used uses using very
  want wants was way we week weekly well were what whatever when where whether which while who whoever whole whom whose
  why will with within without work working works would year years yet you young your yours avoid hyphen hyphens dash
  dashes domain domains number numbers digit digits numeral`.split(/\s+/),
);

/** Returns the words of a text in order: letters and digits, lower-case, a possessive `'s` dropped. */
export function wordsOf(text: string): string[] {
  return (
    withoutAccents(text)
      .replaceAll(/['’]s\b/g, "")
      .match(/[a-z0-9]+/g) ?? []
  );
}

/**
 * Returns the stems of a text's content words, each once, in order of appearance. Words of fewer than three letters,
 * numbers and words that say nothing about a business are skipped.
 */
export function keywords(description: string): string[] {
  const stems = wordsOf(description)
    .filter((word) => word.length > 2 && /^[a-z]/.test(word) && !fillers.has(word))
    .map(stemOf);
  return [...new Set(stems)];
}
