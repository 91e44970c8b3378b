export { RunsScreen as default } from "./RunsScreen.tsx";
