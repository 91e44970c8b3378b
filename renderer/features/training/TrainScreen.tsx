import { SegmentedControl } from "@mantine/core";
import { isActive, useRuns } from "../../api/index.ts";
import { Page } from "../../ui/Page.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState } from "../../ui/useUrlState.ts";
import { ConfigureTab } from "./ConfigureTab.tsx";
import { CurrentTab } from "./CurrentTab.tsx";
import { HistoryTab } from "./HistoryTab.tsx";
import { messages } from "./messages.ts";

const tabs = [
  { value: "configure", label: messages.tabs.configure },
  { value: "current", label: messages.tabs.current },
  { value: "history", label: messages.tabs.history },
];

/** Configures trainings, follows the current one, and lists past ones. */
export function TrainScreen() {
  const training = useRuns((state) => state.runs?.some((run) => run.kind === "training" && isActive(run)));
  const [chosen, choose] = useUrlState("tab");
  const suggested = training === undefined ? null : training ? "current" : "configure";
  const tab = useSettledChoice(chosen, suggested) ?? "configure";
  return (
    <Page
      title={messages.title}
      lead={<SegmentedControl aria-label={messages.tabs.label} data={tabs} value={tab} onChange={choose} />}
    >
      {tab === "current" ? <CurrentTab /> : tab === "history" ? <HistoryTab /> : <ConfigureTab />}
    </Page>
  );
}
