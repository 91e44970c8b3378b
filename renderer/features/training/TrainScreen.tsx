import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function TrainScreen() {
  return <PageSkeleton title="Train" />;
}
