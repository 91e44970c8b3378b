import { PageSkeleton } from "../../ui/Skeletons.tsx";

export function SettingsScreen() {
  return <PageSkeleton title="Settings" />;
}
