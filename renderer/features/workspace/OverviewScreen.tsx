import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function OverviewScreen() {
  return <PageSkeleton title="Overview" />;
}
