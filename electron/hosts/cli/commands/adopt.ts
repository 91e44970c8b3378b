import { Failure } from "../../../../shared/domain/failure.ts";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { type AdoptionResult, AdoptionResultSchema } from "../../../../shared/schema/adoption.ts";
import { AdapterVersionSchema } from "../../../../shared/schema/workspace.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalText } from "../options.ts";
import { singleLine } from "../output.ts";
import { showingPreparation } from "../preparation.ts";

/** Handles `adopt`. */
export const adopt: Handler = async (context, { arguments: [source = ""], options }) => {
  const version = versionIn(options.as);
  const client = await context.client("write");
  const result = await showingPreparation(context, client, async () => {
    const run = await client.adoption.start({ source, version, ...optionalText(options, "prompt") });
    return AdoptionResultSchema.parse(await follow(context, client, run, `adopt ${version}`));
  });
  context.print(result, () =>
    singleLine(adoptionText(result, context.shortPath(result.adapter ?? result.gguf ?? ""))),
  );
  return 0;
};

function versionIn(as: unknown): string {
  if (AdapterVersionSchema.safeParse(as).success) return String(as);
  throw new Failure("usage", `--as must be v1, v2, …, not ${JSON.stringify(as)}`, {
    hint: "Choose a version that doesn't exist yet.",
  });
}

/** Says what became a version. A gate that failed is a failure, so this one passed or there is none. */
function adoptionText({ version, adopted, parity }: AdoptionResult, place: string): string {
  if ("file" in adopted) {
    const what = adopted.form === "lora-gguf" ? "LoRA adapter" : "merged model";
    return `adopted ${adopted.file} as ${version} in ${place}: ${what}; no gate, so a comparison can't ship it`;
  }
  const { folder, ranks, modules, rslora, dora } = adopted;
  const kind = [rslora ? "rank-stabilized " : "", dora ? "DoRA" : "LoRA"].join("");
  const gate =
    parity === null ? "no gate" : `parity gate passed on ${pluralize(parity.sequences, "sequence")}`;
  return `adopted ${folder} as ${version} in ${place}: ${kind} of rank ${ranks.join(", ")} on ${pluralize(modules, "module")}; ${gate}`;
}
