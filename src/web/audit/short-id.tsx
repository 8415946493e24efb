import { shortened } from './shortened.ts';

/** Characters that are shown of a name without an id in it. */
const MOST_SHOWN = 40;

/** A long name in short; pressed, the whole of it. */
export function ShortId({ id }: { id: string }) {
  const short = shortened(id);
  const shown = short === id && id.length > MOST_SHOWN ? `${id.slice(0, MOST_SHOWN)}…` : short;
  if (shown === id) return <code>{id}</code>;
  return (
    <details class="short-id">
      <summary>
        <code>{shown}</code>
      </summary>
      <code>{id}</code>
    </details>
  );
}
