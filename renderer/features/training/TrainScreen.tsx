import { SegmentedControl } from "@mantine/core";
import { isActive, useRuns } from "../../api/index.ts";
import { Page } from "../../ui/Page.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState } from "../../ui/useUrlState.ts";
import { ConfigureTab } from "./ConfigureTab.tsx";
import { CurrentTab } from "./CurrentTab.tsx";
import { HistoryTab } from "./HistoryTab.tsx";

const tabs = [
  { value: "configure", label: "Configure" },
  { value: "current", label: "Current" },
  { value: "history", label: "History" },
];

/** Fine-tuning: what to train and how, what trains now, what was trained before. */
export function TrainScreen() {
  const training = useRuns((state) => state.runs?.some((run) => run.kind === "training" && isActive(run)));
  const [chosen, choose] = useUrlState("tab");
  const suggested = training === undefined ? null : training ? "current" : "configure";
  const tab = useSettledChoice(chosen, suggested) ?? "configure";
  return (
    <Page
      title="Train"
      lead={<SegmentedControl aria-label="Part of Train" data={tabs} value={tab} onChange={choose} />}
    >
      {tab === "current" ? <CurrentTab /> : tab === "history" ? <HistoryTab /> : <ConfigureTab />}
    </Page>
  );
}
