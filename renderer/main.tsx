import "./configureZod.ts";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { connectAhead } from "./api/index.ts";
import { keepToken } from "./api/token.ts";
import { App } from "./app/App.tsx";
import { showChosenScheme } from "./app/colorScheme.ts";
import { askAhead } from "./app/prefetchScreen.ts";
import { screens } from "./app/screens.ts";

/** As long as the frame waits for its screen and for the host, in milliseconds. */
const patienceMs = 80;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The host is asked before anything is drawn: drawing keeps the page busy, and the host answers meanwhile. */
async function start(): Promise<void> {
  keepToken();
  showChosenScheme();
  const [, , workspaceId, path] = window.location.pathname.split("/");
  const shown = screens.find((screen) => screen.path === path);
  // Fetched beside the rest, not after it.
  const loaded = shown?.preload();
  if (workspaceId !== undefined && shown !== undefined) {
    const asked = askAhead(connectAhead(workspaceId), shown.path);
    await Promise.race([Promise.all([loaded, asked]), wait(patienceMs)]);
  }
  const root = document.getElementById("root");
  if (root !== null) createRoot(root).render(<App />);
}

void start();
