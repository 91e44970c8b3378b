import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";
import { useExports } from "../../../ui/useExports.ts";

/** What can be taken away from a version's results. */
export function ResultsMenu({ version }: { version: string }) {
  const info = useQuery(useApi().workspace.info.queryOptions());
  const { figures, report } = useExports(info.data?.folder ?? ".");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={figures.isPending || report.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            report.mutate({ baseline: version, candidate: null, name: `${version}-report.html` })
          }
        >
          A report of {version}, one HTML file
        </Menu.Item>
        <Menu.Item onClick={() => figures.mutate([version])}>
          The study's figures, saved to the workspace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
