import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Redirect, Route, Switch } from "wouter";
import { ApiProvider } from "../api/index.ts";
import { colorScheme } from "./colorScheme.ts";
import { FirstWorkspace } from "./FirstWorkspace.tsx";
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
