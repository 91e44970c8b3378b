import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function EvaluateScreen() {
  return <PageSkeleton title="Evaluate" />;
}
