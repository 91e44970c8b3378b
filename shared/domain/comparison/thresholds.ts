/** Fewer matched rows than this never ship. */
export const fewestRowsToShip = 30;
/** More unscored rows than this never ship. */
export const mostUnscored = 0.05;
/** With fewer matched rows of its class than this, a guard or a limit is open. */
export const fewestOfClass = 30;
