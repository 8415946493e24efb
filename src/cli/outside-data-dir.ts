import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { WrongCall } from './terminal.ts';

/**
 * The whole path of a place that is to be made outside of the forum's own directory, where backups would take it for a part of the
 * forum and cleaning up might delete it. Throws WrongCall for one inside, by whatever links it is named.
 */
export function outsideDataDir(place: string, dataDir: string): string {
  const [to, own] = [resolve(place), resolve(dataDir)];
  const [there, kept] = [realPlaceOf(to), realPlaceOf(own)];
  if (there !== kept && !there.startsWith(kept.endsWith(sep) ? kept : `${kept}${sep}`)) return to;
  throw new WrongCall(
    `${place}: is inside ${own}, where the forum keeps its own files (DATA_DIR); name a place outside of it`,
  );
}

/** Of what does not exist yet, where it would be. */
function realPlaceOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPlaceOf(above), basename(path));
  }
}
