import { Failure } from "../../../../shared/domain/failure.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import { poolDecoding } from "../../../../shared/domain/generation/bestOfPool.ts";
import {
  SuggestDecodingSchema,
  type Suggestion,
  type SuggestReport,
} from "../../../../shared/schema/suggest.ts";
import { grammarIn } from "../grammarOption.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalText, optionalWord } from "../options.ts";
import { singleLine, styled, table, truncate } from "../output.ts";
import { showingPreparation } from "../preparation.ts";

async function readLines(): Promise<string[]> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += chunk;
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

/** The widest name and finding, in cells. A malformed answer may be one line of 500 characters. */
const widestName = 40;
const widestFinding = 100;
/** The number of findings and lines of a malformed answer that are shown. */
const shownParts = 6;

function shortened<Part>(parts: readonly Part[], word: string): { shown: readonly Part[]; rest: string[] } {
  const shown = parts.slice(0, shownParts);
  const left = parts.length - shown.length;
  return {
    shown,
    rest: left === 0 ? [] : [styled("dim", `  and ${left} more ${left === 1 ? word : `${word}s`}`)],
  };
}

function malformedWords({ malformed, cutOff }: Suggestion): string[] {
  if (!malformed) return [];
  const why = cutOff ? "cut off at the maximum length" : "not five different valid names";
  return [`  ${styled("yellow", "malformed")}: ${why}`];
}

/** Formats suggestions, one block for each description. */
export function suggestText({ results }: SuggestReport): string {
  return results
    .map((result) => {
      const head = styled("bold", singleLine(result.description));
      const refusal = `refusal probability ${formatProbability(result.refusalProbability)}, ${Math.round(result.latencyMs)} ms`;
      if (result.refused) return `${head}\n  refused  (${refusal})`;
      const lines = shortened(result.names, "line");
      const names = table(lines.shown, [
        { title: "name", value: ({ name }) => truncate(singleLine(name), widestName) },
        {
          title: "probability",
          align: "right",
          value: ({ probability }) => formatNumber(probability?.probability ?? null, 4),
        },
        {
          title: "per token",
          align: "right",
          value: ({ probability }) => formatNumber(probability?.perToken ?? null),
        },
      ]);
      const found = shortened(result.findings, "finding");
      const findings = found.shown.map(
        ({ message }) => `  ${styled("yellow", "!")} ${truncate(singleLine(message), widestFinding)}`,
      );
      const parts = [names, ...lines.rest, ...findings, ...found.rest];
      return [head, ...malformedWords(result), ...parts, styled("dim", refusal)].join("\n");
    })
    .join("\n\n");
}

export const suggest: Handler = async (context, { arguments: words, options }) => {
  const descriptions = options.stdin === true ? [...words, ...(await readLines())] : [...words];
  if (descriptions.length === 0) {
    throw new Failure("usage", "missing description", {
      hint: 'Example: namewright suggest "Family bakery with sourdough". Use --stdin for one description per line.',
    });
  }
  const decoding = optionalWord(options, "decoding", SuggestDecodingSchema.options) ?? "single";
  if (decoding === "best-of-pool" && options.temperature !== undefined) {
    throw new Failure("usage", "--temperature can't be used with --decoding best-of-pool", {
      hint: `Omit it. The completions of a pool are sampled at temperature ${poolDecoding.temperature}.`,
    });
  }
  const client = await context.client("read");
  const report = await showingPreparation(context, client, () =>
    client.playground.suggest({
      descriptions,
      ...optionalText(options, "version"),
      decoding,
      temperature: optionalNumber(options, "temperature") ?? 0,
      grammar: grammarIn(options),
      seed: optionalNumber(options, "seed") ?? 1,
      ...optionalText(options, "prompt"),
      anyway: options.anyway === true,
    }),
  );
  context.print(report, () => `${suggestText(report)}\n\n${styled("dim", `by ${report.version}`)}`);
  return 0;
};
