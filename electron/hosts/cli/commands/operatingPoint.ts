import { versionOfResults } from "../../../../shared/domain/workspace/threshold.ts";
import type { Costs } from "../../../../shared/schema/comparison.ts";
import type { OperatingReport } from "../../../../shared/schema/operatingPoint.ts";
import type { Handler } from "../handler.ts";
import { operatingPointText } from "../operatingPointText.ts";
import { optionalNumber } from "../options.ts";

export const operatingPoint: Handler = async (context, { arguments: named, options }) => {
  const applies = options.apply === true;
  const client = await context.client(applies ? "write" : "read");
  const { versions } = await client.workspace.info();
  const costs = options.costs as Costs | undefined;
  const harmfulShare = optionalNumber(options, "harmfulShare") ?? undefined;
  const points: OperatingReport["points"] = [];
  for (const version of named.length > 0 ? named : versions.slice(-1)) {
    const request = { version, costs, harmfulShare };
    points.push(await client.operatingPoint[applies ? "apply" : "show"](request));
  }
  const applied = applies ? points.map(({ version }) => versionOfResults(version)) : [];
  context.print({ points, applied } satisfies OperatingReport, () =>
    points.length === 0
      ? "no adapter yet: train a version first, such as `namewright train --version v1`"
      : [
          points.map(operatingPointText).join("\n\n"),
          ...applied.map(
            (version) => `written to namewright.json; evaluate again: namewright eval --version ${version}`,
          ),
        ].join("\n"),
  );
  return 0;
};
