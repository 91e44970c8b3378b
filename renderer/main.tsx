import "./configureZod.ts";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { connectEarly } from "./api/index.ts";
import { keepToken } from "./api/token.ts";
import { App } from "./app/App.tsx";
import { showChosenScheme } from "./app/colorScheme.ts";
import { prefetchScreen } from "./app/prefetchScreen.ts";
import { allScreens } from "./app/screens.ts";

/** How long the first draw waits for its screen and the first answers, in milliseconds. */
const patienceMs = 80;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends the first requests before the first draw: drawing blocks the page while the host answers. */
async function start(): Promise<void> {
  keepToken();
  showChosenScheme();
  const [, , workspaceId, path] = window.location.pathname.split("/");
  const shown = allScreens.find((screen) => screen.path === path);
  // In parallel with the requests.
  const loaded = shown?.preload();
  if (workspaceId !== undefined && shown !== undefined) {
    const asked = prefetchScreen(connectEarly(workspaceId), shown.path);
    await Promise.race([Promise.all([loaded, asked]), wait(patienceMs)]);
  }
  const root = document.getElementById("root");
  if (root !== null) createRoot(root).render(<App />);
}

void start();
