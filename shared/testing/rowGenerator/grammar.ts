/** What fills the slots of a template, by name. */
export type Slots = Readonly<Record<string, string>>;

const doubling =
  /^(plan|knit|cut|fit|ship|dig|wrap|run|swap|trim|map|plot|set|get|put|hem|trap|rig|bug|spin|tag|pin|stop|rob|sit|clip|jar|log)$/;

function inflected(phrase: string, ending: (verb: string) => string): string {
  const [verb = "", ...rest] = phrase.split(" ");
  return [ending(verb), ...rest].join(" ");
}

/** Third person of a verb phrase: `carry pianos` → `carries pianos`. */
export function thirdPerson(phrase: string): string {
  return inflected(phrase, (verb) => {
    if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
    return /(s|sh|ch|x|zz|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
  });
}

/** Present participle of a verb phrase: `bake rolls` → `baking rolls`, `knit socks` → `knitting socks`. */
export function participle(phrase: string): string {
  return inflected(phrase, (verb) => {
    if (doubling.test(verb)) return `${verb}${verb.at(-1)}ing`;
    if (/[^eoy]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
    return `${verb}ing`;
  });
}

/** `a` or `an`, by the sound that its spelling suggests. */
function withArticle(noun: string): string {
  const vowel = /^(?!uni|use|eu|one|uk)[aeiou]|^(hour|honest|heir)/i.test(noun);
  return `${vowel ? "an" : "a"} ${noun}`;
}

/** First letter large. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Fills a template: `{thing}` is the slot, `{a kind}` the slot with its article, `{a adj kind}` two slots with
 * one article. Throws where a template names a slot that is not there: a slip in the grammar, not in the input.
 */
export function fill(template: string, slots: Slots): string {
  return template.replaceAll(/\{(a )?([^}]+)\}/g, (_, article: string | undefined, names: string) => {
    const words = names.split(" ").map((name) => {
      const word = slots[name];
      if (word === undefined) throw new Error(`template "${template}" has no slot "${name}"`);
      return word;
    });
    return article === undefined ? words.join(" ") : withArticle(words.join(" "));
  });
}

/** Templates are few and asked often. */
const slotsByTemplate = new Map<string, readonly string[]>();

/** The slots that a template names. */
export function slotsOf(template: string): readonly string[] {
  const known = slotsByTemplate.get(template);
  if (known !== undefined) return known;
  const named = [...template.matchAll(/\{(?:a )?([^}]+)\}/g)].flatMap((match) =>
    (match[1] as string).split(" "),
  );
  slotsByTemplate.set(template, named);
  return named;
}

/** A sentence: first letter large, one full stop at the end unless it has its own mark. */
export function sentence(text: string): string {
  return capitalized(/[.!?]$/.test(text) ? text : `${text}.`);
}

export function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
