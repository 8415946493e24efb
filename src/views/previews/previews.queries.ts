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
  readonly is_over: number;
}

/** Nothing is recorded when a scheduled post comes out: a link of before has ended from then on, one of later shows a correction. */
const LINKS = `
  SELECT preview.id, post, member, at, expires_at,
    ended = 1 OR expires_at <= @now
      OR coalesce(post.withdrawn = 0 AND post.out_at > preview.at AND post.out_at <= @now, 0) AS is_over
  FROM preview LEFT JOIN post ON post.id = preview.post`;
const byId = statement<PreviewRow>(`${LINKS} WHERE preview.id = @id`);
const ofPost = statement<PreviewRow>(`
  ${LINKS} WHERE preview.post = @id AND ended = 0 AND NOT is_over ORDER BY n DESC LIMIT ${MOST_PREVIEWS}`);

export const previewQueries = [
  answering(ListPreviews, { views: VIEWS, members: MemberDirectory }, ({ postId, now }, { views, members }) => {
    const rows = ofPost(views.db('previews')).all({ id: idBytes(postId), now: Date.parse(now) });
    return Promise.all(rows.map((row) => told(row, members)));
  }),
  answering(GetPreview, { views: VIEWS, members: MemberDirectory }, async ({ previewId, now }, { views, members }) => {
    const row = byId(views.db('previews')).get({ id: idBytes(previewId), now: Date.parse(now) });
    if (row === undefined) return null;
    return { preview: await told(row, members), isOver: row.is_over === 1 };
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
