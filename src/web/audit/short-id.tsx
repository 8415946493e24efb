import { shortened } from './shortened.ts';

/** Characters shown of a name without an id, and of a hash. */
const MOST_SHOWN = 40;
const HASH_SHOWN = 16;

/** A long name in short; a press shows the whole. */
export function ShortId({ id }: { id: string }) {
  const short = shortened(id);
  const most = /^[0-9a-f]{64}$/.test(id) ? HASH_SHOWN : MOST_SHOWN;
  const shown = short === id && id.length > most ? `${id.slice(0, most)}…` : short;
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
