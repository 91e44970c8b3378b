import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";
import { useExports } from "../../../ui/useExports.ts";
import { messages } from "../messages.ts";

/** Exports a version's results. */
export function ResultsMenu({ version }: { version: string }) {
  const info = useQuery(useApi().workspace.info.queryOptions());
  const { figures, report } = useExports(info.data?.folder ?? ".");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={figures.isPending || report.isPending}>
          {messages.results.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            report.mutate({ baseline: version, candidate: null, name: `${version}-report.html` })
          }
        >
          {messages.results.exportReport(version)}
        </Menu.Item>
        <Menu.Item onClick={() => figures.mutate([version])}>{messages.results.exportFigures}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
