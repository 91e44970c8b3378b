import { comparisonText } from "../comparisonText.ts";
import { decisionChanges } from "../decisionOptions.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber } from "../options.ts";

export const compare: Handler = async (context, { arguments: [baseline = "", candidate = ""], options }) => {
  const client = await context.client("read");
  const comparison = await client.comparison.compare({
    baseline,
    candidate,
    settings: { ...decisionChanges(options), seed: optionalNumber(options, "seed") ?? 1 },
  });
  context.print(comparison, () => comparisonText(comparison));
  return options.requireShip === true && comparison.decision !== "ship" ? 1 : 0;
};
