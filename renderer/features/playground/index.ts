export { PlaygroundScreen as default } from "./PlaygroundScreen.tsx";
