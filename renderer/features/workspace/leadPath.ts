import type { Lead } from "../../../shared/schema/overview.ts";

/** The screen and what it shows, as the URL says it. */
export function leadPath({ screen, version, baseline, run }: Lead): string {
  const params = new URLSearchParams();
  if (screen === "datasets" && version !== null) params.set("file", `dataset_${version}.csv`);
  else if (screen === "compare") {
    if (baseline !== null) params.set("baseline", baseline);
    if (version !== null) params.set("candidate", version);
  } else if (version !== null) params.set("version", version);
  if (run !== null) params.set("run", run);
  const query = params.toString();
  return query === "" ? screen : `${screen}?${query}`;
}
