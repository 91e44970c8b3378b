import { Button, Menu } from "@mantine/core";
import { ResultsNameSchema } from "../../../shared/schema/workspace.ts";
import { Caption } from "../../ui/Caption.ts";
import { useExports } from "../../ui/useExports.ts";
import { messages } from "./messages.ts";
import { type Chosen, shortName } from "./selection.ts";

const { report: text } = messages;

interface ReportActionsProps {
  readonly chosen: Chosen;
  /** The candidate of the report. */
  readonly shown: string;
  readonly folder: string;
}

/** Exports the comparison as a report, and the versions' figures into the workspace. */
export function ReportActions({ chosen, shown, folder }: ReportActionsProps) {
  const { report, figures } = useExports(folder);
  const name = `${shortName(chosen.baseline)}-${shortName(shown)}-report.html`;
  const versions = [chosen.baseline, ...chosen.candidates].filter(
    (one) => ResultsNameSchema.safeParse(one).success,
  );
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default" loading={report.isPending || figures.isPending}>
          {text.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => report.mutate({ baseline: chosen.baseline, candidate: shown, name })}>
          {text.report(shortName(shown))}
          <Caption>{text.reportHelp}</Caption>
        </Menu.Item>
        <Menu.Item disabled={versions.length === 0} onClick={() => figures.mutate(versions)}>
          {text.figures}
          <Caption>{text.figuresHelp}</Caption>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
