import { Button, Menu, Text } from "@mantine/core";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { useExports } from "../../ui/useExports.ts";
import { type Chosen, shortName } from "./selection.ts";

interface ReportActionsProps {
  readonly chosen: Chosen;
  /** The candidate that the report is about. */
  readonly shown: string;
  readonly folder: string;
}

/** Takes the comparison away: a report in one file, and the study's figures into the workspace. */
export function ReportActions({ chosen, shown, folder }: ReportActionsProps) {
  const { report, figures } = useExports(folder);
  const name = `${shortName(chosen.baseline)}-${shortName(shown)}-report.html`;
  const versions = [chosen.baseline, ...chosen.candidates].filter(
    (one) => VersionSchema.safeParse(one).success,
  );
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default" loading={report.isPending || figures.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => report.mutate({ baseline: chosen.baseline, candidate: shown, name })}>
          Report on {shortName(shown)} as one HTML file
          <Text size="xs" c="dimmed">
            Figures, tables and stamps. Comparing for it is one more look at the held-out rows.
          </Text>
        </Menu.Item>
        <Menu.Item disabled={versions.length === 0} onClick={() => figures.mutate(versions)}>
          Save the study’s figures to images/
          <Text size="xs" c="dimmed">
            Of each version, as PNG and SVG, as the terminal does.
          </Text>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
