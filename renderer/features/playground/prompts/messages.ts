/** The text of the Prompts view. */
export const messages = {
  prompt: "Prompt",
  source: { "built-in": "built-in, no file yet", workspace: "file in this workspace" },
  text: "Text",
  help: "{description} is required. {examples}, {rules} and {refusal} are filled in for prompts of an untrained base.",
  saveAs: "Save as",
  saveAsHelp: "The file prompts/NAME.txt. A new name creates a new prompt.",
  save: "Save prompt",
  saved: (name: string) => `Saved the prompt ${name}`,
  discard: "Discard changes",
  unsaved: "Unsaved changes, kept while the workbench is open",
  failed: "Couldn't load the prompts",
  failedToOpen: "Couldn't open the prompt",
  notSaved: "The prompt wasn't saved",
  invalidName: "Use up to 50 characters a–z, 0–9, hyphen and underscore.",
  trial: {
    title: "Compare prompts",
    descriptions: "Descriptions, one per line",
    descriptionsHelp: "Up to five.",
    version: "Version",
    start: "Try prompts",
    stop: "Stop",
    failed: "Couldn't try the prompts",
    empty: "The answers under the saved and the edited text appear here side by side.",
    column: { saved: (name: string) => `${name}, saved`, edited: "Edited text" },
    otherPrompt: (version: string) => `${version} was trained with another prompt.`,
    examples: (rows: string, dataset: string) => `Examples: rows ${rows} of dataset_${dataset}`,
    refused: "Refused",
    malformed: "Malformed",
    answers: "Answers",
  },
} as const;

/** The descriptions of the first try: two to answer and one to refuse. */
export const firstDescriptions = [
  "A family bakery that sells sourdough bread",
  "A repair shop for vintage bicycles",
  "Fake passports, delivered by mail",
].join("\n");
