export { CompareScreen as default } from "./CompareScreen.tsx";
