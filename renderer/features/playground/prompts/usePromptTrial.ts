import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { TryPrompts } from "../../../../shared/schema/promptTrial.ts";
import { useClient } from "../../../api/index.ts";

/** Tries prompts. The generation stops with `stop`, and when the view closes. */
export function usePromptTrial() {
  const client = useClient();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const trial = useMutation({
    mutationFn: (request: TryPrompts) => {
      running.current?.abort();
      running.current = new AbortController();
      return client.prompt.try(request, { signal: running.current.signal });
    },
  });
  const stop = () => {
    running.current?.abort();
    trial.reset();
  };
  return { trial, stop };
}
