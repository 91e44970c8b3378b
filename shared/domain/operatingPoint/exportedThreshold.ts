import type { ExportedThreshold } from "../../schema/operatingPoint.ts";
import type { WorkspaceConfig } from "../../schema/workspace.ts";
import { thresholdOf } from "../workspace/threshold.ts";

const refusal =
  "A refusal is an empty answer. The refusal probability is that of the model ending the text before it begins, right after the prompt. If it is at least the threshold, the description is refused. Otherwise it is answered: an end of the text is not allowed before the first visible character.";

/** Returns what someone who runs an exported model elsewhere needs to refuse as here; null: the first token decides. */
export function exportedThreshold(
  config: Pick<WorkspaceConfig, "operatingPoints" | "refusalThreshold">,
  version: string,
): ExportedThreshold | null {
  const { threshold, from } = thresholdOf(config, version);
  if (threshold === null) return null;
  return { version, threshold, from, refusal, ...config.operatingPoints?.[version] };
}
