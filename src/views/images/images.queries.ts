import { IMAGE_FILES, type ImageFiles, openFile } from '../../../libs/images/index.ts';
import {
  DomainError,
  IMAGE_WIDTHS,
  type ImageFileName,
  type ImageFormat,
  imagePath,
  isErased,
} from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { openedTextIn } from '../rows.ts';
import {
  type BroughtImage,
  CountOwnImages,
  FindImage,
  GetImageFile,
  GetOwnImages,
  IsOwnImage,
  type ServedImage,
} from './images.query-types.ts';

interface FileRow {
  readonly sealed: Buffer;
  readonly width: number;
  readonly sha256: string;
}

/** The narrowest file that is wide enough, or the widest one. */
const nearest = statement<FileRow>(`
  SELECT image.sealed, file.width, file.sha256 FROM file JOIN image ON image.id = file.image
  WHERE file.image = ? AND file.format = ? ORDER BY file.width < ?, abs(file.width - ?) LIMIT 1`);

const TYPES: Readonly<Record<ImageFormat, string>> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };

const kept = statement<{ readonly found: number }>('SELECT 1 AS found FROM image WHERE id = ?');

const owned = statement<{ readonly found: number }>('SELECT 1 AS found FROM image WHERE id = ? AND owner = ?');
const counted = statement<{ readonly count: number }>('SELECT count(*) AS count FROM image WHERE owner = ?');

const OWN = 'own-images';
const ownBefore = statement<OwnRow>(`
  SELECT id, n, sealed FROM image WHERE owner = ? AND n < ? ORDER BY n DESC LIMIT ?`);

interface OwnRow {
  readonly id: Buffer;
  readonly n: number;
  readonly sealed: Buffer;
}

export const imageQueries = [
  answering(GetOwnImages, { views: VIEWS, vault: VAULT }, async ({ memberId, page }, { views, vault }) => {
    const before = page.cursor === null ? 0x7fff_ffff_ffff_ffffn : readNumberCursor(page.cursor, OWN);
    const rows = ownBefore(views.db('images')).all(idBytes(memberId), before, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    const items = await Promise.all(shown.map((row) => ownImage(row, vault)));
    const next = last === undefined ? null : writeNumberCursor(BigInt(last.n), OWN);
    return { items: items.flatMap((item) => item ?? []), next };
  }),
  answering(FindImage, { views: VIEWS }, ({ imageIds }, { views }) => {
    const db = views.db('images');
    return imageIds.find((id) => kept(db).get(idBytes(id)) !== undefined) ?? null;
  }),
  answering(CountOwnImages, { views: VIEWS }, ({ memberId }, { views }) => {
    return counted(views.db('images')).get(idBytes(memberId))?.count ?? 0;
  }),
  answering(IsOwnImage, { views: VIEWS }, ({ imageId, memberId }, { views }) => {
    return owned(views.db('images')).get(idBytes(imageId), idBytes(memberId)) !== undefined;
  }),
  answering(GetImageFile, { views: VIEWS, vault: VAULT, files: IMAGE_FILES }, ({ file }, parts) =>
    servedImage(file, parts),
  ),
];

async function servedImage(
  file: ImageFileName,
  { views, vault, files }: { readonly views: Views; readonly vault: Vault; readonly files: ImageFiles },
): Promise<ServedImage> {
  const { imageId, format, width } = file;
  const row = nearest(views.db('images')).get(idBytes(imageId), format, width, width);
  const key = row === undefined ? null : await keyOf(imageId, row.sealed, vault);
  const sealed = row === undefined || key === null ? undefined : await files.read(row.sha256);
  if (row === undefined || key === null || sealed === undefined)
    throw new DomainError('not_found', 'There is no such image.');
  const bytes = openFile(sealed, { key: Buffer.from(key, 'base64url'), path: imagePath(named(file, row)) });
  return { bytes, type: TYPES[format], tag: row.sha256.slice(0, 32) };
}

/** Null for one that was deleted a moment ago: its key is gone before its row. */
async function ownImage({ id, sealed }: OwnRow, vault: Vault): Promise<BroughtImage | null> {
  const imageId = idText(id);
  const personal = await vault.open(sealed, { stream: `image-${imageId}`, type: 'ImageStored.v1' });
  return personal === null || isErased(personal) ? null : { id: imageId, alt: openedTextIn(personal, 'alt') };
}

/** The key is asked for each time and kept nowhere, since an image is gone with its key. */
async function keyOf(imageId: string, sealed: Buffer, vault: Vault): Promise<string | null> {
  return openedTextIn(await vault.open(sealed, { stream: `image-${imageId}`, type: 'ImageStored.v1' }), 'fileKey');
}

function named({ imageId, format }: ImageFileName, row: FileRow): ImageFileName {
  const width = IMAGE_WIDTHS.find((each) => each === row.width);
  if (width === undefined) throw new RangeError(`no image is kept ${row.width} pixels wide`);
  return { imageId, format, width };
}
