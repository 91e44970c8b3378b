import { Failure } from "../../../shared/domain/failure.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import { grammarOf } from "../../../shared/domain/workspace/version.ts";
import { greedyDecoding } from "../../../shared/schema/result.ts";
import type { SuggestReport, SuggestRequest } from "../../../shared/schema/suggest.ts";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { promptOfVersion } from "../model/modelPrompt.ts";
import { refreshConfig } from "../workspace/changeConfig.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
import { generateAnswers } from "./answers.ts";
import type { PlaygroundDependencies } from "./playgroundService.ts";
import { suggestionOf } from "./suggestion.ts";

export interface SuggestService {
  /** @throws Failure for a missing version or an empty description. */
  suggest(request: SuggestRequest, signal: AbortSignal): Promise<SuggestReport>;
}

/** Suggests names for descriptions with one version and checks them against the naming rules. */
export function createSuggestService(setting: Omit<PlaygroundDependencies, "lease">): SuggestService {
  const { files, workspace, inference, bases, models } = setting;

  async function versionOf(asked: string | undefined): Promise<string> {
    if (asked === undefined) return (await describeWorkspace(files, workspace)).versions.at(-1) ?? "base";
    if (VersionSchema.safeParse(asked).success) return asked;
    throw new Failure("usage", `${JSON.stringify(asked)} isn't a version`, {
      hint: "Use a version such as base, prompted, v1, or v2.",
    });
  }

  return {
    async suggest(request, signal) {
      await refreshConfig(files, workspace);
      const { descriptions, version: asked, decoding, temperature, seed, prompt, anyway, grammar } = request;
      const version = await versionOf(asked);
      const base = await bases.open(workspace, { signal, onProgress: () => {} });
      const { ready } = await promptOfVersion(setting, { version, prompt, seed, dataset: null, anyway });
      const { rows } = await generateAnswers(inference, {
        model: await models.engineModel(base, version, signal),
        ready,
        descriptions,
        decoding,
        seed,
        choice: {
          temperature,
          maxTokens: greedyDecoding.maxTokens,
          grammar: grammarOf(version, grammar),
          refusalThreshold: thresholdOf(workspace.config, version).threshold,
        },
        signal,
      });
      return {
        version,
        results: rows.map((row, at) => suggestionOf(descriptions[at] ?? "", row, ready.refusal)),
      };
    },
  };
}
