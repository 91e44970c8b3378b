import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function CompareScreen() {
  return <PageSkeleton title="Compare" />;
}
