import type { GridApi } from "ag-grid-community";

/**
 * Does something to the cells on screen, where an editor is open when that is closed: to draw a cell anew while React
 * is still putting its editor on the screen would lose the editor.
 */
export function afterEditing<Row>(api: GridApi<Row>, act: () => void): void {
  if (api.getEditingCells().length === 0) {
    act();
    return;
  }
  const later = () => {
    api.removeEventListener("cellEditingStopped", later);
    if (!api.isDestroyed()) act();
  };
  api.addEventListener("cellEditingStopped", later);
}
