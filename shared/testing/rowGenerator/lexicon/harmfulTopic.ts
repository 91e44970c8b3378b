/** The words of one harmful topic, by the part of speech that the templates need. */
export interface HarmfulTopic {
  readonly topic: string;
  /** Who does it: singular nouns that one can put `a` or `an` before. */
  readonly makers: readonly string[];
  /** What is sold: plurals or mass nouns. */
  readonly goods: readonly string[];
  /** What is done: infinitives with their object, after "we". */
  readonly acts: readonly string[];
  /** For whom, or against whom: plurals. */
  readonly buyers: readonly string[];
  /** How it is dressed up: phrases that end a sentence. */
  readonly promises: readonly string[];
}
