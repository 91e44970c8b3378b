import { Box, Menu, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useApi } from "../api/index.ts";
import { messages } from "./messages.ts";
import { NewWorkspaceDialog } from "./NewWorkspaceDialog.tsx";
import { OpenWorkspaceDialog } from "./OpenWorkspaceDialog.tsx";

/** Shows the open workspace and a menu of the others. */
export function WorkspaceSwitcher({ workspaceId }: { workspaceId: string }) {
  const api = useApi();
  const [, navigate] = useLocation();
  const info = useQuery(api.workspace.info.queryOptions()).data;
  const known = useQuery(api.host.workspaces.queryOptions()).data ?? [];
  const [opening, open] = useDisclosure(false);
  const [making, make] = useDisclosure(false);
  const name = info?.config.name ?? "…";
  const show = (id: string) => navigate(`/w/${id}/overview`);
  return (
    <>
      <Menu position="bottom-start" width={320}>
        <Menu.Target>
          <UnstyledButton
            px={8}
            py={4}
            mb={4}
            aria-label={messages.switcher.label(name)}
            title={info?.folder}
          >
            <Text fw={600} truncate>
              {name} <span aria-hidden="true">▾</span>
            </Text>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {known.map(({ id, name: itsName, folder, gone }) => (
            <Menu.Item key={id} disabled={gone} onClick={() => show(id)}>
              <Text fw={id === workspaceId ? 600 : 400}>{itsName}</Text>
              <Box fz="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                {gone ? messages.switcher.missing(folder) : folder}
              </Box>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={open.open}>{messages.switcher.open}</Menu.Item>
          <Menu.Item onClick={make.open}>{messages.switcher.create}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <OpenWorkspaceDialog opened={opening} onClose={open.close} onOpened={show} />
      <NewWorkspaceDialog opened={making} onClose={make.close} onMade={show} />
    </>
  );
}
