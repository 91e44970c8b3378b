import { pluralize } from "../../../../shared/domain/format/count.ts";
import { type AdoptionResult, AdoptionResultSchema } from "../../../../shared/schema/adoption.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { singleLine } from "../output.ts";
import { showingPreparation } from "../preparation.ts";

/** Handles `adopt`. */
export const adopt: Handler = async (context, { arguments: [folder = ""], options }) => {
  const client = await context.client("write");
  const version = String(options.as);
  const result = await showingPreparation(context, client, async () => {
    const run = await client.adoption.start({ folder, version });
    return AdoptionResultSchema.parse(await follow(context, client, run, `adopt ${version}`));
  });
  context.print(result, () => singleLine(adoptionText(result, context.shortPath(result.adapter))));
  return 0;
};

/** Says what became a version. A gate that failed is a failure, so this one passed. */
function adoptionText({ version, adopted, parity }: AdoptionResult, place: string): string {
  const { folder, ranks, modules, rslora, dora } = adopted;
  const kind = [rslora ? "rank-stabilized " : "", dora ? "DoRA" : "LoRA"].join("");
  const rank = `rank ${ranks.join(", ")}`;
  return `adopted ${folder} as ${version} in ${place}: ${kind} of ${rank} on ${pluralize(modules, "module")}; parity gate passed on ${pluralize(parity.sequences, "sequence")}`;
}
