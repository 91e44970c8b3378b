import { useState } from "react";
import type { EvaluationPlanRequest } from "../../../../shared/schema/evaluationPlan.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

/** The selected settings. Versions and judge are kept in the URL. */
export interface StartForm extends Omit<EvaluationPlanRequest, "judge"> {
  readonly judge: "rule" | "openai" | null;
  readonly seed: number;
}

/** Holds the settings of a new evaluation. By default it selects the versions without results, or else the newest. */
export function useStartForm(url: EvaluateUrl, versions: readonly string[], withResults: readonly string[]) {
  const [rest, setRest] = useState({
    decoding: "greedy" as StartForm["decoding"],
    grammar: "none" as StartForm["grammar"],
    seed: 1,
    maxCalls: null as number | null,
    maxCost: null as number | null,
    emptyMeansRefuse: false,
    prompt: null,
    anyway: false,
    threshold: null as StartForm["threshold"],
  });
  const chosen = url.params.get("versions");
  const fresh = versions.filter((version) => !withResults.includes(version));
  const usual = fresh.length > 0 ? fresh : versions.slice(-1);
  const judge = url.params.get("judge");
  const form: StartForm = {
    ...rest,
    versions: chosen === null ? usual : chosen.split(",").filter((version) => versions.includes(version)),
    judge: judge === "rule" || judge === "openai" ? judge : null,
  };
  return {
    form,
    chooseVersions: (some: readonly string[]) =>
      url.adjust({ versions: versions.filter((version) => some.includes(version)).join(",") }),
    chooseJudge: (kind: "rule" | "openai") => url.adjust({ judge: kind }),
    change: (changes: Partial<typeof rest>) => setRest((before) => ({ ...before, ...changes })),
  };
}

/** Returns the terminal commands that start the same evaluations, one per line. */
export function commandOf(form: StartForm, judge: "rule" | "openai" | null): string {
  const common = [
    ...(judge === null ? [] : [`--judge ${judge}`]),
    ...(form.decoding === "greedy" ? [] : [`--decoding ${form.decoding}`]),
    ...(form.threshold === null ? [] : [`--threshold ${form.threshold}`]),
    ...(form.grammar === "names" ? ["--grammar names"] : []),
    ...(form.seed === 1 ? [] : [`--seed ${form.seed}`]),
    ...(form.maxCalls === null ? [] : [`--max-calls ${form.maxCalls}`]),
    ...(form.maxCost === null ? [] : [`--max-cost ${form.maxCost}`]),
    ...(form.emptyMeansRefuse ? ["--empty-means-refuse"] : []),
  ].join(" ");
  return form.versions.map((version) => `namewright eval --version ${version} ${common}`.trim()).join("\n");
}
