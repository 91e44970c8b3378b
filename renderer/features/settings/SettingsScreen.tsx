import { Box, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { AppearanceSection } from "./AppearanceSection.tsx";
import { BaseSection } from "./BaseSection.tsx";
import { DeviceSection } from "./DeviceSection.tsx";
import { JudgeSection } from "./JudgeSection.tsx";
import { messages } from "./messages.ts";
import { PythonSection } from "./PythonSection.tsx";
import type { SectionProps } from "./section.ts";

const sections: readonly { id: string; name: string; Section: ComponentType<SectionProps> }[] = [
  { id: "judge", name: messages.sections.judge, Section: JudgeSection },
  { id: "base", name: messages.sections.base, Section: BaseSection },
  { id: "device", name: messages.sections.device, Section: DeviceSection },
  { id: "python", name: messages.sections.python, Section: PythonSection },
  { id: "appearance", name: messages.sections.appearance, Section: AppearanceSection },
];

/** Where the sections move above their settings, which need the width. */
const narrow = "(max-width: 860px)";

/** Settings of the user and the machine, and the base model of this workspace. */
export function SettingsScreen() {
  const { data, error, refetch } = useQuery(useApi().settings.get.queryOptions());
  const isNarrow = useMediaQuery(narrow);
  const [section, show] = useUrlState("section", "judge");
  const open = sections.some(({ id }) => id === section) ? section : "judge";
  return (
    <Page title={messages.title}>
      <FailureNotice error={error} title={messages.failed} onRetry={refetch} />
      <Tabs
        value={open}
        onChange={(id) => show(id ?? "judge")}
        orientation={isNarrow ? "horizontal" : "vertical"}
        styles={{ tabLabel: { textAlign: "left" } }}
      >
        <Tabs.List w={isNarrow ? "100%" : 136} aria-label={messages.sections.label} flex="none">
          {sections.map(({ id, name }) => (
            <Tabs.Tab key={id} value={id} px={8} py={6}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map(({ id, Section }) => (
          <Tabs.Panel key={id} value={id} {...(isNarrow ? { pt: 16 } : { pl: 16 })} miw={0}>
            <Box maw={760}>
              {data === undefined ? error === null ? <LinesSkeleton /> : null : <Section settings={data} />}
            </Box>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
