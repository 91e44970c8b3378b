export { DatasetsScreen as default } from "./DatasetsScreen.tsx";
