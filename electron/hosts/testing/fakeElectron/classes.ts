import { EventEmitter } from "node:events";
import type Electron from "electron";
import type { Recorder } from "./recorder.ts";

/** What the desktop makes by `new`, but for windows. */
export function recordingClasses(recorder: Recorder) {
  const notifications: (EventEmitter & { options: Electron.NotificationConstructorOptions })[] = [];
  const trays: (EventEmitter & { menu: Electron.MenuItemConstructorOptions[]; destroyed: boolean })[] = [];
  class StandInNotification extends EventEmitter implements Pick<Electron.Notification, "show"> {
    static isSupported = () => true;
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
      notifications.push(this);
    }
    show(): void {
      recorder.note("notification.show", this.options);
    }
  }
  class StandInTray extends EventEmitter implements Pick<Electron.Tray, "setToolTip" | "destroy"> {
    menu: Electron.MenuItemConstructorOptions[] = [];
    destroyed = false;
    constructor() {
      super();
      trays.push(this);
    }
    setContextMenu(menu: { template: Electron.MenuItemConstructorOptions[] }): void {
      this.menu = menu.template;
    }
    setToolTip(text: string): void {
      recorder.note("tray.setToolTip", text);
    }
    destroy(): void {
      this.destroyed = true;
    }
  }
  return { notifications, trays, Notification: StandInNotification, Tray: StandInTray };
}
