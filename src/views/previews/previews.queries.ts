import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { MOST_PREVIEWS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { GetPreview, ListPreviews, type PreviewInForce } from './previews.query-types.ts';

interface PreviewRow {
  readonly id: Buffer;
  readonly post: Buffer;
  readonly member: Buffer;
  readonly at: number;
  readonly expires_at: number;
  readonly ended: number;
}

const COLUMNS = 'id, post, member, at, expires_at, ended';
const byId = statement<PreviewRow>(`SELECT ${COLUMNS} FROM preview WHERE id = ?`);
const ofPost = statement<PreviewRow>(`
  SELECT ${COLUMNS} FROM preview WHERE post = ? AND ended = 0 AND expires_at > ? ORDER BY n DESC LIMIT ${MOST_PREVIEWS}`);

export const previewQueries = [
  answering(ListPreviews, { views: VIEWS, members: MemberDirectory }, ({ postId, now }, { views, members }) => {
    const rows = ofPost(views.db('previews')).all(idBytes(postId), Date.parse(now));
    return Promise.all(rows.map((row) => told(row, members)));
  }),
  answering(GetPreview, { views: VIEWS, members: MemberDirectory }, async ({ previewId, now }, { views, members }) => {
    const row = byId(views.db('previews')).get(idBytes(previewId));
    if (row === undefined) return null;
    return { preview: await told(row, members), isOver: row.ended === 1 || row.expires_at <= Date.parse(now) };
  }),
];

async function told(
  { id, post, member, at, expires_at: until }: PreviewRow,
  members: MemberDirectory,
): Promise<PreviewInForce> {
  return {
    previewId: idText(id),
    postId: idText(post),
    by: await members.author(idText(member)),
    madeAt: moment(at),
    expiresAt: moment(until),
  };
}
