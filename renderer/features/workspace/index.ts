export { OverviewScreen as default } from "./OverviewScreen.tsx";
