import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { isErased, Slices, versionsUpTo } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { dataText } from './data-text.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

const COMMENTS = ['CommentPosted.v1', 'CommentEdited.v1'].flatMap(versionsUpTo);
const REMOVALS = versionsUpTo('CommentRemoved.v1');
const POSTS = ['PostPublished.v1', 'PostEdited.v1'].flatMap(versionsUpTo);
/** As images stand in texts, whichever size they name. */
const SHOWN = /\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-/g;

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

/**
 * The streams of the images that a comment, in any of its revisions, shows, that its author brought, and that no post and
 * no other comment of the author shows. Reads every comment where there is such an image. Throws DomainError
 * storage_unavailable.
 */
export async function imagesOfComment(commentId: string, log: Log, vault: Vault): Promise<readonly string[]> {
  try {
    const { authorId, shown } = await shownIn(commentId, log, vault);
    const own: string[] = [];
    for (const id of shown) if (authorId !== null && (await ownerOf(id, log)) === authorId) own.push(id);
    if (authorId === null || own.length === 0) return [];
    const elsewhere = await shownBy(authorId, { log, vault }, commentId);
    return own.filter((id) => !elsewhere.has(id)).map((id) => streams.image(id));
  } catch (error) {
    throw inForumWords(error);
  }
}

/**
 * Those of a member's streams of images that no post shows, and no comment of theirs that they have not removed. Reads
 * every comment where there is such an image. Throws DomainError storage_unavailable.
 */
export async function unshownImages(
  memberId: string,
  images: readonly string[],
  log: Log,
  vault: Vault,
): Promise<readonly string[]> {
  if (images.length === 0) return [];
  try {
    const shown = await shownBy(memberId, { log, vault });
    const streamsShown = new Set([...shown].map((id) => streams.image(id)));
    return images.filter((stream) => !streamsShown.has(stream));
  } catch (error) {
    throw inForumWords(error);
  }
}

async function shownIn(
  commentId: string,
  log: Log,
  vault: Vault,
): Promise<{ readonly authorId: string | null; readonly shown: ReadonlySet<string> }> {
  let authorId: string | null = null;
  const shown = new Set<string>();
  for await (const event of log.readStream(streams.comment(commentId))) {
    authorId = dataText(event.data, 'authorId') ?? authorId;
    for (const id of imagesIn(await bodyOf(event, vault))) shown.add(id);
  }
  return { authorId, shown };
}

/** The ids of the images that posts show, and the author's comments but for one and for those that the author removed. */
async function shownBy(
  authorId: string,
  { log, vault }: { readonly log: Log; readonly vault: Vault },
  except?: string,
): Promise<ReadonlySet<string>> {
  const slices = new Slices();
  const inPosts = new Set<string>();
  const own = new Map<string, Set<string>>();
  const filter = { types: [...COMMENTS, ...REMOVALS, ...POSTS] };
  for await (const event of log.readAll({ filter })) {
    await slices.pause();
    if (POSTS.includes(event.type)) {
      for (const id of imagesIn(dataText(event.data, 'body'))) inPosts.add(id);
      continue;
    }
    if (event.stream === (except && streams.comment(except))) continue;
    if (dataText(event.data, 'authorId') === authorId) own.set(event.stream, new Set());
    if (dataText(event.data, 'by') === 'author') own.delete(event.stream);
    const inComment = own.get(event.stream);
    if (inComment) for (const id of imagesIn(await bodyOf(event, vault))) inComment.add(id);
  }
  return new Set([...inPosts, ...[...own.values()].flatMap((ids) => [...ids])]);
}

async function bodyOf(event: RecordedEvent, vault: Vault): Promise<string | null> {
  if (!COMMENTS.includes(event.type)) return null;
  const { personal } = await decoders.comment.open(event, vault);
  return personal === null || isErased(personal) ? null : dataText(personal, 'body');
}

async function ownerOf(imageId: string, log: Log): Promise<string | null> {
  for await (const { data } of log.readStream(streams.image(imageId))) return dataText(data, 'ownerId');
  return null;
}

function imagesIn(text: string | null): readonly string[] {
  return [...(text ?? '').matchAll(SHOWN)].map(([, id = '']) => id);
}
