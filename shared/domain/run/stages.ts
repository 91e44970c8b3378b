/** The stages of a run, in words. */
const words: Readonly<Record<string, string>> = {
  lint: "linting the dataset",
  base: "preparing the base model",
  import: "loading torch and TRL",
  "load-base": "loading the base model",
  "check-adapter": "checking the adapter against the base",
  encode: "counting tokens",
  "random-base": "writing a base with random weights",
  "time-steps": "measuring steps",
  train: "training",
  "save-adapter": "saving the adapter",
  "convert-adapter": "converting the adapter to GGUF",
  "parity-reference": "writing the reference for the parity gate",
  record: "recording the inputs used",
  gate: "parity gate: do both engines agree?",
  promote: "promoting the adapter",
  generate: "generating",
  judge: "judging",
  report: "writing results",
  write: "writing rows",
  download: "downloading from Hugging Face",
};

/** A stage in words; one that has none, as it is called. */
export function stageWords(stage: string): string {
  return words[stage] ?? stage;
}
