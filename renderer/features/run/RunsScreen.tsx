import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function RunsScreen() {
  return <PageSkeleton title="Runs" />;
}
