import type { NextStep } from "../../../shared/schema/overview.ts";

/** Returns the query parameters of the screen that a step leads to. */
function paramsOf({
  kind,
  lead: { version, baseline, run },
}: NextStep): Readonly<Record<string, string | null>> {
  switch (kind) {
    case "fix-dataset":
      return { file: version === null ? null : `dataset_${version}.csv` };
    case "compare":
      return { baseline, with: version };
    case "evaluate":
      return { view: "start", versions: version };
    case "write-rows":
      return { view: "rows", version };
    default:
      return { version, run };
  }
}

/** Returns the relative URL of the screen that a step leads to. */
export function stepHref(step: NextStep): string {
  const given = Object.entries(paramsOf(step)).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  const query = new URLSearchParams(given).toString();
  return query === "" ? step.lead.screen : `${step.lead.screen}?${query}`;
}
