/** A point in time as this machine writes it, short; the exact one stands in its title. */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  const shown = date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {shown}
    </time>
  );
}
