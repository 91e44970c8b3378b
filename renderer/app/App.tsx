import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Redirect, Route, Switch } from "wouter";
import { ApiProvider, useApi } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { ConnectionNotice } from "./ConnectionNotice.tsx";
import { colorScheme } from "./colorScheme.ts";
import { Shell } from "./Shell.tsx";
import { meanings, theme } from "./theme.ts";

/** The application. The URL names the workspace and the screen. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={meanings}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <Notifications position="bottom-right" autoClose={5000} />
      <Switch>
        <Route path="/w/:workspace/:screen/*?">
          {({ workspace, screen }) => (
            <ApiProvider key={workspace} workspaceId={workspace}>
              <Shell workspaceId={workspace} screen={screen} />
            </ApiProvider>
          )}
        </Route>
        <Route path="/w/:workspace">
          {({ workspace }) => <Redirect to={`/w/${workspace}/overview`} replace />}
        </Route>
        <Route>
          <ApiProvider key="first" workspaceId={null}>
            <FirstWorkspace />
          </ApiProvider>
        </Route>
      </Switch>
    </MantineProvider>
  );
}

/** Redirects a URL without a workspace to the host's first one. */
function FirstWorkspace() {
  const { data, error } = useQuery(useApi().host.info.queryOptions());
  if (data !== undefined) return <Redirect to={`/w/${data.workspaceId}/overview`} replace />;
  if (error !== null) return <FailureNotice error={error} />;
  return <ConnectionNotice />;
}
