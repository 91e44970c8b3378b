import { useRuns } from "../api/index.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { LinesSkeleton } from "./Skeletons.tsx";

/** In the place of runs that are not there yet, or cannot be had: the tray looks for them again. */
export function RunsPending({ lines }: { lines: number }) {
  const failure = useRuns((state) => state.failure);
  if (failure !== null) return <FailureNotice error={failure} title="The runs cannot be shown" />;
  return <LinesSkeleton lines={lines} />;
}
