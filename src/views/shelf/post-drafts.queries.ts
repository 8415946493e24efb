import type { Page, PostDraftSummary } from '../../../libs/client/index.ts';
import { isErased } from '../../../libs/kernel/index.ts';
import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { WRITTEN_POST_KINDS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { KeptDiffs } from '../kept-diffs.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { openedTextIn } from '../rows.ts';
import { postDraftKeysOf } from './door/draft-keys.ts';
import {
  CompareTexts,
  CountPostDrafts,
  GetPostDraft,
  GetPostDraftKeys,
  JoinTexts,
  type KeptPostDraft,
  ListPostDrafts,
} from './post-drafts.query-types.ts';

interface PostDraftRow {
  readonly post: Buffer;
  readonly id: Buffer;
  readonly member: Buffer;
  readonly editor: Buffer;
  readonly n: string;
  readonly at: number;
  readonly sealed: Buffer;
}

interface Openers {
  readonly vault: Vault;
  readonly members: MemberDirectory;
}

const COLUMNS = 'post, id, member, editor, CAST(n AS TEXT) AS n, at, sealed';
const draftOf = statement<PostDraftRow>(`SELECT ${COLUMNS} FROM post_draft WHERE post = ? AND sealed IS NOT NULL`);
const newest = statement<PostDraftRow>(`
  SELECT ${COLUMNS} FROM post_draft WHERE sealed IS NOT NULL AND n < ? ORDER BY post_draft.n DESC LIMIT ?`);
const counted = statement<{ readonly dropped: number; readonly own: number }>(`
  SELECT coalesce((SELECT dropped FROM post_draft WHERE post = ?), 0) AS dropped,
    (SELECT count(*) FROM post_draft WHERE member = ? AND sealed IS NOT NULL) AS own`);

/** Larger than every position. */
const BEYOND_ALL = 2n ** 63n - 1n;
const LIST = 'post-drafts';

export const postDraftQueries = [
  answering(GetPostDraft, { views: VIEWS, vault: VAULT, members: MemberDirectory }, async ({ postId }, parts) => {
    const row = draftOf(parts.views.db('shelf')).get(idBytes(postId));
    return row === undefined ? null : opened(row, parts);
  }),
  answering(ListPostDrafts, { views: VIEWS, vault: VAULT, members: MemberDirectory }, async ({ page }, parts) => {
    const before = page.cursor === null ? BEYOND_ALL : readNumberCursor(page.cursor, LIST);
    const rows = newest(parts.views.db('shelf')).all(before, page.limit + 1);
    return listed(rows, page.limit, parts);
  }),
  answering(CountPostDrafts, { views: VIEWS }, ({ postId, memberId }, { views }) => {
    const count = counted(views.db('shelf')).get(idBytes(postId), idBytes(memberId));
    return count ?? { dropped: 0, own: 0 };
  }),
  answering(CompareTexts, { diffs: KeptDiffs }, ({ key, texts }, { diffs }) =>
    diffs.of(key, texts.before, texts.after),
  ),
  answering(JoinTexts, { diffs: KeptDiffs }, ({ texts }, { diffs }) => diffs.join(texts.theirs, texts.own)),
  answering(GetPostDraftKeys, { views: VIEWS }, ({ memberId }, { views }) => postDraftKeysOf(views, memberId)),
];

/** One after the other, since each may be long. */
async function listed(rows: readonly PostDraftRow[], limit: number, parts: Openers): Promise<Page<PostDraftSummary>> {
  const items: PostDraftSummary[] = [];
  for (const row of rows.slice(0, limit)) {
    const draft = await opened(row, parts);
    if (draft === null) continue;
    const { postId, title, locale, kind, appearAt, position, keptAt, author, editor } = draft;
    items.push({ postId, title, locale, kind, appearAt, position, keptAt, author, editor });
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, next: last === undefined ? null : writeNumberCursor(BigInt(last.n), LIST) };
}

async function opened(row: PostDraftRow, { vault, members }: Openers): Promise<KeptPostDraft | null> {
  const draftId = idText(row.id);
  const personal = await vault.open(row.sealed, { stream: `post-draft-${draftId}`, type: 'PostDraftKept.v1' });
  if (isErased(personal)) return null;
  const text = (name: string): string => openedTextIn(personal, name) ?? '';
  const tags: unknown = Reflect.get(personal, 'tags');
  const memberId = idText(row.member);
  return {
    postId: idText(row.post),
    draftId,
    memberId,
    title: text('title'),
    slug: text('slug'),
    body: text('body'),
    excerpt: text('excerpt'),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    locale: text('locale'),
    kind: WRITTEN_POST_KINDS.find((kind) => kind === text('kind')) ?? 'article',
    appearAt: text('appearAt') || null,
    position: row.n,
    keptAt: moment(row.at),
    author: await members.author(memberId),
    editor: await members.author(idText(row.editor)),
  };
}
