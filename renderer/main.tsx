import "./zodWithoutCode.ts";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { keepToken } from "./api/token.ts";
import { App } from "./app/App.tsx";
import { showChosenScheme } from "./app/colorScheme.ts";
import { screens } from "./app/screens.ts";

keepToken();
// The screen in the URL is fetched beside the rest, not after it.
screens.find(({ path }) => path === window.location.pathname.split("/")[3])?.preload();
showChosenScheme();
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App />);
