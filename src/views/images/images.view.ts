import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

const EVENT_TYPES = ['ImageStored.v1'] as const;

/** A row for each image, with its key still sealed, and a row for each of its files. */
const SCHEMA = `
  CREATE TABLE image (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE file (
    image BLOB NOT NULL, format TEXT NOT NULL, width INTEGER NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (image, format, width)
  ) WITHOUT ROWID;
`;

/** The images that are kept, and their files. */
export const imagesView: ViewDefinition<never> = {
  name: 'images',
  version: 1,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM image ORDER BY id', 'SELECT * FROM file ORDER BY image, format, width'],
  open: (db): Projection<never> => {
    const image = db.prepare('INSERT INTO image (id, sealed) VALUES (?, ?)');
    const file = db.prepare('INSERT INTO file (image, format, width, sha256) VALUES (?, ?, ?, ?)');
    return (event) => {
      if (!isOneOf(event, EVENT_TYPES)) return undefined;
      const id = idBytes(event.data.imageId);
      image.run(id, event.sealed);
      for (const { format, width, sha256 } of event.data.files) file.run(id, format, width, sha256);
      return undefined;
    };
  },
};
