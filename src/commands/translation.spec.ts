import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventLine } from '../../libs/event-store/index.ts';
import { deriveId } from '../../libs/kernel/index.ts';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { EditComment, PostComment } from '../domain/comment/comment.commands.ts';
import { RemoveTranslation, WriteTranslation } from '../domain/translation/translation.commands.ts';

let forum: RecordingForum;

beforeAll(async () => {
  forum = await openRecordingForum();
});
afterAll(() => forum.close());

test('the hash is that of the event which holds the text that stands, not of one before or of another comment', async () => {
  const member = { handle: 'linh', displayName: 'Linh', email: 'linh@x.example', password: 'a long password' };
  const { memberId } = await forum.registration.register({ ...member, locale: 'vi' }, metaOf());
  const meta = (name: string) => metaOf({ commandId: deriveId('command', name), actor: memberId });
  const post = { title: 'Borders', body: 'Text.', locale: 'en', authorId: memberId };
  const { postId } = await forum.publishing.publish(post, meta('publish'));
  const by = { memberId, roles: ['member'] } as const;
  const [commentId, other] = [deriveId('comment', 1), deriveId('comment', 2)];
  for (const id of [commentId, other])
    await forum.commands.execute(
      new PostComment({ commentId: id, postId, parentId: null, body: `Xin ${id}`, by }, meta(id)),
    );
  await forum.commands.execute(new EditComment({ commentId, body: 'Xin', revision: 0, by }, meta('edit')));
  const wish = { of: { kind: 'comment', commentId }, language: 'en', title: '', body: 'Hi', by } as const;
  const more = {
    translationId: deriveId('translation', 1),
    sourceRevision: 1,
    writers: 'members',
    maxLength: 9,
  } as const;
  await forum.commands.execute(new WriteTranslation({ ...wish, ...more }, meta('translate')));
  const source = (await forum.events(`comment-${commentId}`))[1];
  const [written] = await forum.events(`translation-${more.translationId}`);
  const sourceHash = source && createHash('sha256').update(eventLine(source)).digest('base64');
  expect(written?.data).toMatchObject({ commentId, postId, sourceRevision: 1, sourceHash });
});

test('who wrote a comment takes an outdated translation of it away, once or twice', async () => {
  const member = { handle: 'keo', displayName: 'Keo', email: 'keo@x.example', password: 'a long password' };
  const commandId = (name: string) => deriveId('command', 'outdated', name);
  const registered = await forum.registration.register(
    { ...member, locale: 'lo' },
    metaOf({ commandId: commandId('register') }),
  );
  const { memberId } = registered;
  const meta = (name: string) => metaOf({ commandId: commandId(name), actor: memberId });
  const published = await forum.publishing.publish(
    { title: 'Roads', body: 'Text.', locale: 'en', authorId: memberId },
    meta('publish'),
  );
  const by = { memberId, roles: ['member'] } as const;
  const linh = { memberId: deriveId('member', 'linh'), roles: ['member'] } as const;
  const [commentId, translationId] = [deriveId('comment', 'outdated'), deriveId('translation', 'outdated')];
  const said = { commentId, postId: published.postId, parentId: null, body: 'Xin', by };
  await forum.commands.execute(new PostComment(said, meta('post')));
  const wish = { of: { kind: 'comment', commentId }, language: 'en', title: '', body: 'Hi', by: linh } as const;
  const more = { translationId, sourceRevision: 0, writers: 'members', maxLength: 9 } as const;
  await forum.commands.execute(new WriteTranslation({ ...wish, ...more }, meta('translate')));
  await forum.commands.execute(new EditComment({ commentId, body: 'Xin!', revision: 0, by }, meta('edit')));
  const take = (name: string) =>
    forum.commands.execute(new RemoveTranslation({ translationId, by, reason: null, isOutdated: true }, meta(name)));
  await take('take');
  await take('again');
  expect((await forum.events(`translation-${translationId}`)).map(({ type }) => type)).toEqual([
    'TranslationWritten.v1',
    'TranslationRemoved.v2',
  ]);
});
