import { useUrlGroup } from "../../ui/useUrlGroup.ts";
import { type Chosen, chosenFrom, listInUrl } from "./selection.ts";

const first = { baseline: "", with: "", shown: "" };

/** Returns the comparison selected in the URL, and the candidate that the figures show. */
export function useChosen(results: readonly string[]) {
  const [url, setUrl] = useUrlGroup(first);
  const chosen = chosenFrom(url, results);
  const shown = chosen?.candidates.includes(url.shown) ? url.shown : (chosen?.candidates[0] ?? "");
  return {
    chosen,
    shown,
    choose: ({ baseline, candidates }: Chosen) =>
      setUrl({ baseline, with: listInUrl(candidates), shown: "" }),
    show: (candidate: string) => setUrl({ shown: candidate }),
  };
}
