import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { counted } from "../../../../shared/domain/report/words.ts";
import { downloadFile, failureOf, fetchesFiles, useApi, useClient } from "../../../api/index.ts";
import { sentence } from "../../../ui/sentence.ts";

/** What can be taken away from a version's results. */
export function ResultsMenu({ version }: { version: string }) {
  const { figures, report } = useExports(version);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={figures.isPending || report.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => report.mutate()}>A report of {version}, one HTML file</Menu.Item>
        <Menu.Item onClick={() => figures.mutate()}>The study's figures, saved to the workspace</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useExports(version: string) {
  const client = useClient();
  const info = useQuery(useApi().workspace.info.queryOptions());
  const failed = (error: unknown) =>
    notifications.show({
      color: "orange",
      title: "Nothing was exported",
      message: [sentence(failureOf(error).message), failureOf(error).hint].filter(Boolean).join(" "),
    });
  const figures = useMutation({
    networkMode: "always",
    mutationFn: () => client.report.figures({ version }),
    onSuccess: ({ written }) =>
      notifications.show({
        title: `${counted(written.length, "file")} saved`,
        message: `The figures of ${version} lie in images/.`,
      }),
    onError: failed,
  });
  const report = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const folder = info.data?.folder ?? ".";
      const out = `${folder}/images/${version}-report.html`;
      const written = await client.report.report({ baseline: version, candidate: null, out });
      if (fetchesFiles()) await downloadFile(written.out);
      return written;
    },
    onSuccess: ({ out }) => notifications.show({ title: "The report is written", message: out }),
    onError: failed,
  });
  return { figures, report };
}
