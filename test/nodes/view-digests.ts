import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { digestOf } from '../../libs/projections/digest.ts';
import { viewDefinitions } from '../../src/views/definitions.ts';

/** What a stopped node's views hold, by the view's name. */
export function viewDigests(dataDir: string): Readonly<Record<string, string>> {
  const dir = join(dataDir, 'views');
  return Object.fromEntries(
    viewDefinitions.map((definition) => {
      const files = readdirSync(dir).filter((file) => file.startsWith(`${definition.name}.v`) && file.endsWith('.db'));
      const [file] = files;
      if (file === undefined || files.length > 1)
        throw new Error(`${definition.name}: ${files.length} files in ${dir}`);
      const db = new Database(join(dir, file), { readonly: true });
      try {
        return [definition.name, digestOf(db, definition)];
      } finally {
        db.close();
      }
    }),
  );
}
