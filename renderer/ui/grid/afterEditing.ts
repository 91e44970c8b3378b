import type { GridApi } from "ag-grid-community";

/**
 * Runs `act` now, or when the open editor closes. Redrawing a cell while React mounts its editor would lose the
 * editor.
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
