import { Failure } from "../../../shared/domain/failure.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { PromptUse, TrainedPrompt } from "../../../shared/schema/prompt.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { PromptPlace } from "../prompts/promptStore.ts";
import { type ExampleChoice, type ReadyPrompt, readyPrompt, usualPrompt } from "../prompts/versionPrompt.ts";
import { isTrained, type ModelRecord } from "./modelRecord.ts";
import type { ModelStore, StoredModel } from "./modelStore.ts";

/** What a version is asked with: `prompt` null: its usual one. */
export interface PromptRequest extends ExampleChoice {
  readonly version: string;
  readonly prompt: string | null;
  /** Use an adapter with another prompt than it was trained with. */
  readonly anyway: boolean;
}

/** The prompt that a record says its adapter was trained with. Earlier records have the text only. */
export function trainedPrompt(record: ModelRecord): TrainedPrompt {
  return record.prompt ?? { name: usualPrompt("v1"), hash: sha256(record.spec.promptTemplate) };
}

function otherPrompt({ version, record }: StoredModel, ready: ReadyPrompt): Failure {
  const own = trainedPrompt(record);
  const words = ({ name, hash }: TrainedPrompt) => `${name} (${shortHash(hash)})`;
  const [made, again] = isTrained(record)
    ? ["trained", `train ${version} again`]
    : ["adopted", "adopt its source as a new version"];
  const way =
    ready.name === own.name
      ? `Restore prompts/${ready.name}.txt, or ${again}.`
      : `Use it with \`--prompt ${own.name}\`, or train a version with \`--prompt ${ready.name}\`.`;
  return new Failure(
    "bad-value",
    `${version} was ${made} with the prompt ${words(own)}, not with ${words(ready)}`,
    { hint: `${way} To use it with this prompt, add --anyway: the results record it.` },
  );
}

/**
 * Returns the prompt that a version is asked with, filled in, and what stamps record of it.
 * @throws Failure `bad-value` for an adapter that was trained with another prompt, unless `anyway`
 */
export async function promptOfVersion(
  place: PromptPlace & { readonly models: Pick<ModelStore, "open"> },
  request: PromptRequest,
): Promise<{ ready: ReadyPrompt; use: PromptUse; model: StoredModel | null }> {
  const { version, anyway } = request;
  const model = hasAdapter(version) ? await place.models.open(version) : null;
  const trained = model === null ? null : trainedPrompt(model.record);
  const ready = await readyPrompt(place, { ...request, prompt: request.prompt ?? trained?.name ?? null });
  const isOther = trained !== null && trained.hash !== ready.hash;
  if (isOther && model !== null && !anyway) throw otherPrompt(model, ready);
  const { name, refusal, examples } = ready;
  return { ready, use: { name, refusal, examples, ...(isOther ? { trainedWith: trained } : {}) }, model };
}
