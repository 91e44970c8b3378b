import { Option } from "commander";
import { type DecodingMode, DecodingModeSchema } from "../../../shared/schema/result.ts";
import { optionalWord } from "./options.ts";

/** Returns the option of the commands that evaluate a version or plan it. */
export function decodingOption(): Option {
  return new Option(
    "--decoding <decoding>",
    "Decoding method (sampled: three completions per row; best-of-pool: the best five names of eight completions)",
  )
    .choices(DecodingModeSchema.options)
    .default("greedy");
}

export function decodingIn(options: Readonly<Record<string, unknown>>): DecodingMode {
  return optionalWord(options, "decoding", DecodingModeSchema.options) ?? "greedy";
}
