export { TrainScreen as default } from "./TrainScreen.tsx";
