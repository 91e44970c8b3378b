import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function PlaygroundScreen() {
  return <PageSkeleton title="Playground" />;
}
