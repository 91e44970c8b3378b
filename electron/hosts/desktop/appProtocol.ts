import { readFile } from "node:fs/promises";
import { securityHeaders } from "../serving/contentSecurity.ts";
import { rendererFile } from "../serving/rendererFiles.ts";
import { appOrigin, appScheme, isOurs } from "./appAddress.ts";
import type { ElectronApi } from "./electronApi.ts";

/** Registers the scheme of our pages. Must be called before the application is ready. */
export function registerAppScheme({ protocol }: Pick<ElectronApi, "protocol">): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
}

const refusal = (status: number) => new Response(null, { status, headers: securityHeaders });

/** Serves `app://namewright/…` from the folder of the built renderer, with the security headers on each response. */
export function serveRenderer({ protocol }: Pick<ElectronApi, "protocol">, folder: string): void {
  protocol.handle(appScheme, async ({ url, method }) => {
    if (method !== "GET" && method !== "HEAD") return refusal(405);
    if (!isOurs(url)) return refusal(404);
    // The raw path: a URL object would already have removed dot segments.
    const pathname = url.slice(appOrigin.length).replace(/[?#].*$/s, "") || "/";
    const found = await rendererFile(folder, pathname);
    if (found === null) return refusal(404);
    const body = method === "HEAD" ? null : new Uint8Array(await readFile(found.file));
    const headers = { ...securityHeaders, "content-type": found.type, "cache-control": "no-cache" };
    return new Response(body, { headers });
  });
}
