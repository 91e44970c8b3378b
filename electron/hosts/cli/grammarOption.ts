import { Option } from "commander";
import { type Grammar, GrammarSchema } from "../../../shared/schema/result.ts";
import { optionalWord } from "./options.ts";

/** Returns the option of the commands that generate names. */
export function grammarOption(): Option {
  return new Option(
    "--grammar <grammar>",
    "Text that the model may generate (names: only five different valid names or a refusal)",
  )
    .choices(GrammarSchema.options)
    .default("none");
}

export function grammarIn(options: Readonly<Record<string, unknown>>): Grammar {
  return optionalWord(options, "grammar", GrammarSchema.options) ?? "none";
}
