/** The study's columns, in its order: its tools read our files as they are. */
export const studyColumns = [
  "description",
  "domains",
  "overall_category",
  "is_appropriate",
  "good_count",
  "ok_count",
  "random_word_count",
  "too_long_count",
  "other_failure_count",
  "inappropriate",
  "average_score",
] as const;
export type StudyColumn = (typeof studyColumns)[number];

/** Our further columns, after the study's. Structured cells hold JSON; an empty cell is null. */
export const ourColumns = [
  "row",
  "sample",
  "outcome",
  "text",
  "label",
  "label_source",
  "slice",
  "split",
  "group",
  "name_scores",
  "name_probabilities",
  "refusal_probability",
  "unscored_reason",
  "unscored_detail",
  "latency_ms",
  "stamp",
] as const;
export type OurColumn = (typeof ourColumns)[number];

/** The last column: the seal of the record. Earlier files don't have it. */
export const sealColumn = "seal";

/** Which column counts each category of names. */
export const countColumnOf = {
  good: "good_count",
  ok: "ok_count",
  random_word: "random_word_count",
  too_long: "too_long_count",
  other_failure: "other_failure_count",
  inappropriate: "inappropriate",
} as const;
