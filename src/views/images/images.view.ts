import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

const EVENT_TYPES = ['ImageStored.v1', 'KeyDestroyed.v1'] as const;
const STREAM = 'image-';

/**
 * A row for each image, with its key still sealed, and a row for each of its files. `owner` is null for an import and for
 * what belongs to the forum itself.
 */
const SCHEMA = `
  CREATE TABLE image (id BLOB PRIMARY KEY, owner BLOB, n INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX image_owner ON image (owner, n) WHERE owner IS NOT NULL;
  CREATE TABLE file (
    image BLOB NOT NULL, format TEXT NOT NULL, width INTEGER NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (image, format, width)
  ) WITHOUT ROWID;
`;

/** The images that are kept, and their files; an image goes with its key. */
export const imagesView: ViewDefinition<never> = {
  name: 'images',
  version: 2,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM image ORDER BY id', 'SELECT * FROM file ORDER BY image, format, width'],
  open: (db): Projection<never> => {
    const image = db.prepare('INSERT INTO image (id, owner, n, sealed) VALUES (?, ?, ?, ?)');
    const file = db.prepare('INSERT INTO file (image, format, width, sha256) VALUES (?, ?, ?, ?)');
    const gone = [db.prepare('DELETE FROM image WHERE id = ?'), db.prepare('DELETE FROM file WHERE image = ?')];
    return (event) => {
      if (!isOneOf(event, EVENT_TYPES)) return undefined;
      switch (event.type) {
        case 'ImageStored.v1': {
          const { imageId, ownerId, files } = event.data;
          const id = idBytes(imageId);
          image.run(id, ownerId === null ? null : idBytes(ownerId), event.position, event.sealed);
          for (const { format, width, sha256 } of files) file.run(id, format, width, sha256);
          return undefined;
        }
        case 'KeyDestroyed.v1': {
          const { stream } = event.data;
          if (stream.startsWith(STREAM)) for (const each of gone) each.run(idBytes(stream.slice(STREAM.length)));
          return undefined;
        }
        default:
          return event satisfies never;
      }
    };
  },
};
