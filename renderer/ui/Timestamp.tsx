/** Shows a date and time in the user's locale; the tooltip has the seconds. */
export function Timestamp({ at }: { at: string }) {
  const date = new Date(at);
  const shown = date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {shown}
    </time>
  );
}
