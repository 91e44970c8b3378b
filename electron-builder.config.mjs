// Packages of the desktop. `npm run package` makes those of the machine it runs on, with CPU and Vulkan (on a Mac
// Metal); NAMEWRIGHT_VARIANT=cuda makes the one with CUDA instead.
import { packageConfig } from "./scripts/lib/packageConfig.mjs";

export default packageConfig({ cuda: process.env.NAMEWRIGHT_VARIANT === "cuda" });
