import {
  mostTokens,
  mostVersions,
  type PlaygroundRequest,
  type PlaygroundVersion,
} from "../../../shared/schema/suggest.ts";
import { useUrlState, useWorkspacePath } from "../../ui/useUrlState.ts";
import { usePlaygroundStore } from "./playgroundStore.ts";

/** Maximum length of a description in the URL. */
const longestInUrl = 2000;

function numberIn(text: string, least: number, most: number, otherwise: number): number {
  const value = Number(text);
  return text !== "" && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}

/** Returns the default versions: the base and the two newest. */
function usualVersions(usable: readonly string[]): string[] {
  return usable.length <= 3 ? [...usable] : [usable[0] as string, ...usable.slice(-2)];
}

/** Holds the question: sampling and versions in the URL, and the description once it was asked. */
export function useQuestion(versions: readonly PlaygroundVersion[]) {
  const [asked, setAsked] = useUrlState("q");
  const { workspaceId } = useWorkspacePath();
  const draft = usePlaygroundStore(({ drafts }) => drafts[workspaceId]);
  const description = draft?.asked === asked ? draft.description : asked;
  const [chosenText, setChosenText] = useUrlState("versions");
  const [temperature, setTemperature] = useUrlState("temperature");
  const [seed, setSeed] = useUrlState("seed");
  const [maxTokens, setMaxTokens] = useUrlState("tokens");
  const [grammar, setGrammar] = useUrlState("grammar");
  const [decoding, setDecoding] = useUrlState("decoding");
  const usable = versions.filter(({ problem }) => problem === null).map(({ version }) => version);
  const named = chosenText.split(",").filter((version) => usable.includes(version));
  const chosen = named.length > 0 ? named : usualVersions(usable);
  const request: PlaygroundRequest = {
    description: description.trim(),
    versions: chosen.slice(0, mostVersions),
    decoding: decoding === "best-of-pool" ? decoding : "single",
    temperature: numberIn(temperature, 0, 2, 0),
    seed: Math.round(numberIn(seed, 0, 0xffff_ffff, 1)),
    maxTokens: Math.round(numberIn(maxTokens, 1, mostTokens, 100)),
    grammar: grammar === "names" ? "names" : "none",
  };
  return {
    request,
    setDescription: (text: string) =>
      usePlaygroundStore.getState().setDraft(workspaceId, { description: text, asked }),
    description,
    setVersions: (next: readonly string[]) =>
      setChosenText(usable.filter((version) => next.includes(version)).join(",")),
    setTemperature: (value: number) => setTemperature(value === 0 ? "" : String(value)),
    setSeed: (value: number) => setSeed(value === 1 ? "" : String(value)),
    setMaxTokens: (value: number) => setMaxTokens(value === 100 ? "" : String(value)),
    setGrammar: (value: PlaygroundRequest["grammar"]) => setGrammar(value === "names" ? value : ""),
    setDecoding: (value: PlaygroundRequest["decoding"]) => setDecoding(value === "single" ? "" : value),
    /** Stores the question in the URL, so that a reload restores it. */
    keep: (text: string) => {
      const next = text.length <= longestInUrl ? text : "";
      // The typed text keeps its surrounding spaces.
      const kept = text === description.trim() ? description : text;
      usePlaygroundStore.getState().setDraft(workspaceId, { description: kept, asked: next });
      setAsked(next);
    },
  };
}
