import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function DatasetsScreen() {
  return <PageSkeleton title="Datasets" />;
}
