import { useRuns } from "../api/index.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { messages } from "./messages.ts";
import { LinesSkeleton } from "./Skeletons.tsx";

/** Shown instead of runs that are loading or failed to load. The tray offers the retry. */
export function RunsPending({ lines }: { lines: number }) {
  const failure = useRuns((state) => state.failure);
  if (failure !== null) return <FailureNotice error={failure} title={messages.run.listFailed} />;
  return <LinesSkeleton lines={lines} />;
}
