import { Button, Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { downloadFile, failureOf, fetchesFiles, useApi, useClient } from "../../api/index.ts";
import { type Chosen, shortName } from "./chosen.ts";

interface ReportActionsProps {
  readonly chosen: Chosen;
  /** The candidate that the report is about. */
  readonly shown: string;
  readonly folder: string;
}

function failed(title: string, error: unknown): void {
  const { message, hint } = failureOf(error);
  notifications.show({
    color: "orange",
    title,
    message: hint === undefined ? message : `${message} ${hint}`,
  });
}

/** Takes the comparison away: a report in one file, and the study's figures into the workspace. */
export function ReportActions({ chosen, shown, folder }: ReportActionsProps) {
  const api = useApi();
  const client = useClient();
  const name = `${shortName(chosen.baseline)}-${shortName(shown)}-report.html`;
  const report = useMutation(
    api.report.report.mutationOptions({
      onSuccess: async ({ out }) => {
        notifications.show({ title: "Report written", message: out });
        if (fetchesFiles()) await downloadFile(out);
      },
      onError: (error) => failed("The report was not written", error),
    }),
  );
  const versions = [chosen.baseline, ...chosen.candidates].filter(
    (one) => VersionSchema.safeParse(one).success,
  );
  const figures = useMutation({
    mutationFn: async () => {
      const written: string[] = [];
      // One after the other: each starts a process that draws.
      for (const version of versions) written.push(...(await client.report.figures({ version })).written);
      return written;
    },
    onSuccess: (written) =>
      notifications.show({ title: "Figures saved", message: `${written.length} files in ${folder}/images` }),
    onError: (error) => failed("The figures were not saved", error),
  });
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default" loading={report.isPending || figures.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            report.mutate({ baseline: chosen.baseline, candidate: shown, out: `${folder}/images/${name}` })
          }
        >
          Report on {shortName(shown)} as one HTML file
          <Text size="xs" c="dimmed">
            Figures, tables and stamps. Comparing for it is one more look at the held-out rows.
          </Text>
        </Menu.Item>
        <Menu.Item disabled={versions.length === 0} onClick={() => figures.mutate()}>
          Save the study’s figures to images/
          <Text size="xs" c="dimmed">
            Of each version, as PNG and SVG, as the terminal does.
          </Text>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
