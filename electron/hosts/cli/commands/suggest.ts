import { Failure } from "../../../../shared/domain/failure.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { SuggestReport } from "../../../../shared/schema/suggest.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalText } from "../options.ts";
import { singleLine, styled, table } from "../output.ts";

async function readLines(): Promise<string[]> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += chunk;
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function suggestText({ results }: SuggestReport): string {
  return results
    .map((result) => {
      const head = styled("bold", singleLine(result.description));
      const refusal = `refusal probability ${formatProbability(result.refusalProbability)}, ${Math.round(result.latencyMs)} ms`;
      if (result.refused) return `${head}\n  refused  (${refusal})`;
      const names = table(result.names, [
        { title: "name", value: ({ name }) => name },
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
      const findings = result.findings.map(
        ({ message }) => `  ${styled("yellow", "!")} ${singleLine(message)}`,
      );
      return [head, names, ...findings, styled("dim", refusal)].join("\n");
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
  const client = await context.client("read");
  const report = await client.playground.suggest({
    descriptions,
    ...optionalText(options, "version"),
    temperature: optionalNumber(options, "temperature") ?? 0,
    seed: optionalNumber(options, "seed") ?? 1,
  });
  context.print(report, () => `${suggestText(report)}\n\n${styled("dim", `by ${report.version}`)}`);
  return 0;
};
