/**
 * One concept of the lexicon: its name; the words that say a description is about it (`triggers`); and words
 * people use in names for it, which by themselves say little about a description (`related`). Lower case,
 * separated by spaces, lemmas only (inflections are derived).
 */
export type ConceptSource = readonly [name: string, triggers: string, related: string];
