import { Failure } from "../../../shared/domain/failure.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { contentFor } from "../../../shared/domain/prompt/template.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import { grammarOf } from "../../../shared/domain/workspace/version.ts";
import type { GeneratedRow } from "../../../shared/schema/inference.ts";
import { greedyDecoding } from "../../../shared/schema/result.ts";
import type { SuggestReport, SuggestRequest } from "../../../shared/schema/suggest.ts";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { tokenChoice } from "../inference/tokenChoice.ts";
import { promptOfVersion } from "../model/modelPrompt.ts";
import { refreshConfig } from "../workspace/changeConfig.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
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
    async suggest({ descriptions, version: asked, temperature, seed, prompt, anyway, grammar }, signal) {
      await refreshConfig(files, workspace);
      const version = await versionOf(asked);
      const base = await bases.open(workspace, { signal, onProgress: () => {} });
      const { ready } = await promptOfVersion(setting, { version, prompt, seed, dataset: null, anyway });
      const rows = new Map<string, GeneratedRow>();
      await inference.generateRows({
        model: await models.engineModel(base, version, signal),
        rows: descriptions.map((description, at) => ({
          key: String(at),
          content: contentFor(ready, description),
          seed: rowSeed(seed, at + 1, 0),
        })),
        choice: tokenChoice(
          {
            temperature,
            maxTokens: greedyDecoding.maxTokens,
            grammar: grammarOf(version, grammar),
            refusalThreshold: thresholdOf(workspace.config, version).threshold,
          },
          ready.refusal,
        ),
        sharedPrefix: ready.before,
        refusalProbability: ready.refusal === null,
        signal,
        onRow: (row) => rows.set(row.key, row),
      });
      return {
        version,
        results: descriptions.map((description, at) => {
          const row = rows.get(String(at));
          if (row === undefined) throw new Error(`nothing was generated for ${JSON.stringify(description)}`);
          return suggestionOf(description, row, ready.refusal);
        }),
      };
    },
  };
}
