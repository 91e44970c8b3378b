export { EvaluateScreen as default } from "./EvaluateScreen.tsx";
