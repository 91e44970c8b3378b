import { useEffect, useEffectEvent } from "react";
import { create } from "zustand";

/** A command in the command palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  run(): void;
}

interface CommandStore {
  readonly offered: ReadonlyMap<symbol, readonly Command[]>;
}

const useStore = create<CommandStore>(() => ({ offered: new Map() }));

/**
 * Offers commands in the palette while the component is mounted. Only ids and labels are watched; the latest `run` is
 * called.
 */
export function useCommands(commands: readonly Command[]): void {
  const run = useEffectEvent((id: string) => commands.find((one) => one.id === id)?.run());
  const shown = JSON.stringify(commands.map(({ id, label, description }) => ({ id, label, description })));
  useEffect(() => {
    const key = Symbol("commands");
    const parsed = JSON.parse(shown) as Omit<Command, "run">[];
    const offered = parsed.map((one) => ({ ...one, run: () => run(one.id) }));
    useStore.setState((state) => ({ offered: new Map(state.offered).set(key, offered) }));
    return () =>
      useStore.setState((state) => {
        const rest = new Map(state.offered);
        rest.delete(key);
        return { offered: rest };
      });
  }, [shown]);
}

export function useOfferedCommands(): Command[] {
  return [...useStore((state) => state.offered).values()].flat();
}
