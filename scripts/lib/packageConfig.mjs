// The electron-builder configuration of the desktop: AppImage and deb, dmg, nsis.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chunksNeeded, packagesNeeded, unbundled, workers } from "./packaging.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));

/** Returns the llama.cpp binaries of one platform. The CPU build is always included, for machines without a driver. */
const llama = (cuda) =>
  ["", ...(cuda ? ["-cuda", "-cuda-ext"] : ["-vulkan", "-metal"])].map(
    (backend) => `@node-llama-cpp/\${os}-\${arch}${backend}/**`,
  );

/** Files of packages that aren't read at runtime: sources, maps and documents. */
const unread = [
  "!**/*.{d.ts,d.mts,d.cts,map,md,markdown,ts,cc,h}",
  "!**/{test,tests,__tests__,example,examples}/**",
];

/** Files beside the archive: the trainer, prompts, the embedded base and the sample. */
const extraResources = [
  { from: "resources/trainer", to: "trainer", filter: ["**/*.py", "pyproject.toml", "!tests/**"] },
  { from: "resources/prompts", to: "prompts" },
  { from: "resources/fonts", to: "fonts" },
  { from: "resources/icon", to: "icon", filter: ["icon.png"] },
  { from: "resources/requirements.txt", to: "requirements.txt" },
  { from: "resources/requirements-cuda.txt", to: "requirements-cuda.txt" },
  { from: "resources/requirements-smollm2.txt", to: "requirements-smollm2.txt" },
  { from: "resources/prices.json", to: "prices.json" },
  { from: "models/tiny-mistral", to: "tiny-mistral" },
  // Folder by folder: a filter over the whole clone would walk node_modules.
  { from: "namewright.json", to: "sample/namewright.json" },
  { from: "data", to: "sample/data" },
  { from: "images", to: "sample/images" },
  { from: "models", to: "sample/models", filter: ["model_v*/**"] },
  {
    from: "runs",
    to: "sample/runs",
    filter: ["**/*", "!*/checkpoint*{,/**}", "!**/{owner.json,cancel,log.txt}"],
  },
];

const electronFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: true,
};

const out = path.join(root, "out");

/**
 * @param {{cuda: boolean}} variant  with CUDA, else with CPU and Vulkan (on a Mac Metal)
 * @returns {import("electron-builder").Configuration}
 */
export function packageConfig({ cuda }) {
  const bundles = existsSync(out) ? chunksNeeded(out, workers) : workers;
  return {
    appId: "namewright.desktop",
    productName: "Namewright",
    copyright: "MIT licence",
    directories: { output: "dist", buildResources: "resources/icon" },
    artifactName: `Namewright-\${version}-\${os}-\${arch}${cuda ? "-cuda" : ""}.\${ext}`,
    // A deb requires a homepage.
    extraMetadata: { homepage: "https://namewright.example.invalid/" },
    asar: true,
    asarUnpack: [
      "node_modules/node-llama-cpp/**",
      "node_modules/@node-llama-cpp/**",
      "node_modules/@resvg/**",
    ],
    // The packages from node_modules are listed below and need no build.
    beforeBuild: () => false,
    files: [
      "package.json",
      ...bundles.map((name) => `out/${name}`),
      "out/desktop/**",
      "out/renderer/**",
      "!**/*.map",
      {
        from: "node_modules",
        to: "node_modules",
        filter: [
          ...packagesNeeded(packages, unbundled).map((place) => `${place}/**`),
          ...llama(cuda),
          "@resvg/resvg-js-*/**",
          ...unread,
          // Only needed to compile llama.cpp, which a package never does.
          "!node-llama-cpp/llama/{gitRelease.bundle,addon,cmake,patches,profiles,toolchains,xpack}{,/**}",
          "!node-llama-cpp/templates/**",
        ],
      },
    ],
    extraResources,
    electronFuses,
    publish: null,
    linux: {
      target: ["AppImage", "deb"],
      category: "Development",
      icon: "icon.png",
      executableName: "namewright",
      maintainer: "The authors of Namewright <namewright@example.invalid>",
      synopsis: "A workbench for small language models that name businesses",
    },
    deb: { packageName: "namewright" },
    mac: { target: ["dmg"], category: "public.app-category.developer-tools", icon: "icon.png" },
    win: { target: ["nsis"], icon: "icon.png" },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  };
}
