import { z } from "zod";
import { launchToken } from "./token.ts";

const UploadedSchema = z.object({ path: z.string() });

function tokenHeaders(): Record<string, string> {
  return { "x-namewright-token": launchToken() ?? "" };
}

/**
 * Where the host finds a file that was dropped or chosen: on the desktop where it lies, in a browser a copy sent to
 * the host. @throws an error that says why the host did not take it
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
  if (!response.ok) throw new Error(`${file.name} was not taken: ${await response.text()}`);
  const { path } = UploadedSchema.parse(await response.json());
  sentNames.set(path, file.name);
  return path;
}

/** Copies that were sent from this page, by where the host keeps them: a person knows them by their names. */
const sentNames = new Map<string, string>();

/** Words of the host with the places of such copies as the names of the files they are of. */
export function withSentNames(words: string): string {
  let said = words;
  for (const [path, name] of sentNames) said = said.replaceAll(path, name);
  return said;
}

/** Whether the host says that this tab's token is not this launch's. A host that does not answer says nothing. */
export async function isTokenRefused(): Promise<boolean> {
  const answer = await fetch("/token-is-good", { headers: tokenHeaders() }).catch(() => null);
  return answer?.ok === true && (await answer.text()) === "no";
}

/** Gives a person bytes that the page made, as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Gives a person a file of the workspace. In a browser only: on the desktop it lies where its path says. */
export async function downloadFile(path: string): Promise<void> {
  const response = await fetch(`/download?path=${encodeURIComponent(path)}`, { headers: tokenHeaders() });
  if (!response.ok) throw new Error(`${path} cannot be fetched: ${await response.text()}`);
  saveBlob(await response.blob(), path.split(/[/\\]/).at(-1) ?? "file");
}

/** Whether files are fetched (browser) or lie on this very machine's screen side (desktop). */
export const fetchesFiles = () => window.namewright === undefined;
