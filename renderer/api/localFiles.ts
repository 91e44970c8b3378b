import { z } from "zod";
import { launchToken } from "./token.ts";

const UploadedSchema = z.object({ path: z.string() });

function tokenHeaders(): Record<string, string> {
  return { "x-namewright-token": launchToken() ?? "" };
}

/**
 * Returns the path under which the host finds a dropped or selected file: its own path on the desktop, the path of an
 * uploaded copy in a browser. Throws an error with the reason if the host refuses the upload.
 */
export async function pathOfFile(file: File, signal?: AbortSignal): Promise<string> {
  const there = window.namewright?.pathForFile(file) ?? "";
  if (there !== "") return there;
  const response = await fetch(`/upload/${crypto.randomUUID()}?name=${encodeURIComponent(file.name)}`, {
    method: "PUT",
    body: file,
    headers: { ...tokenHeaders(), "content-type": "application/octet-stream" },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new Error(`Couldn't upload ${file.name}: ${await response.text()}`);
  const { path } = UploadedSchema.parse(await response.json());
  sentNames.set(path, file.name);
  return path;
}

/** Names of the files uploaded from this page, by the path of their copy on the host. */
const sentNames = new Map<string, string>();

/** Returns the text with the paths of uploaded copies replaced by the names of the original files. */
export function withSentNames(text: string): string {
  let named = text;
  for (const [path, name] of sentNames) named = named.replaceAll(path, name);
  return named;
}

/** Returns true if the host rejects this tab's token; false also if the host doesn't answer. */
export async function isTokenRefused(): Promise<boolean> {
  const answer = await fetch("/token-is-good", { headers: tokenHeaders() }).catch(() => null);
  return answer?.ok === true && (await answer.text()) === "no";
}

/** Saves bytes from the page as a download. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Downloads a file of the workspace. Browser only: on the desktop the file is already on this machine. Throws an error
 * with the reason if the host refuses.
 */
export async function downloadFile(path: string): Promise<void> {
  const response = await fetch(`/download?path=${encodeURIComponent(path)}`, { headers: tokenHeaders() });
  if (!response.ok) throw new Error(`Couldn't download ${path}: ${await response.text()}`);
  const link = document.createElement("a");
  link.href = `/download/${await response.text()}`;
  link.download = path.split(/[/\\]/).at(-1) ?? "file";
  link.click();
}

/** Returns true if files must be downloaded (browser), false if they are on this machine (desktop). */
export const fetchesFiles = () => window.namewright === undefined;
