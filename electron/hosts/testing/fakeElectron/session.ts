import { EventEmitter } from "node:events";
import type Electron from "electron";

type SessionMembers =
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setSpellCheckerEnabled";

/** A session that keeps the handlers it was given, for a test to call. */
export class StandInSession extends EventEmitter implements Pick<Electron.Session, SessionMembers> {
  permissionRequest: Parameters<Electron.Session["setPermissionRequestHandler"]>[0] = null;
  permissionCheck: Parameters<Electron.Session["setPermissionCheckHandler"]>[0] = null;
  devicePermission: Parameters<Electron.Session["setDevicePermissionHandler"]>[0] = null;
  spellChecker = true;
  beforeRequest:
    | ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void)
    | null = null;
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession["beforeRequest"]) => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: StandInSession["permissionRequest"]): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: StandInSession["permissionCheck"]): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: StandInSession["devicePermission"]): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
}
