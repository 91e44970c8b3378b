export { StudyScreen as default } from "./StudyScreen.tsx";
