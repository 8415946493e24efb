import type { EventStore } from '../../../libs/event-store/index.ts';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import { decoders } from '../../commands/decoders.ts';
import { streams } from '../../commands/streams.ts';
import type { DiscussionSettings } from '../../domain/discussion/discussion.events.ts';
import { OPEN_DISCUSSION, settingsAfter } from '../../domain/discussion/discussion.events.ts';
import type { EditPost } from '../../domain/post/post.commands.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { SlugsHere } from './new-slugs.ts';

/** Who records what an import brings. */
export function actorOf(source: ImportSourceKind): string {
  return `import:${source}`;
}

export type ImportedChanges = Omit<EditPost['data'], 'postId'>;

/** A post that an earlier import brought. */
export interface KnownPost {
  /** As the newest import left it. */
  readonly imported: ImportedChanges;
  /** Somebody here has changed or withdrawn it since, and that is not overwritten. */
  readonly changedHere: boolean;
  readonly revision: bigint;
}

/** Undefined when no import has brought the post yet. */
export async function knownPost(store: EventStore, postId: string): Promise<KnownPost | undefined> {
  let known: KnownPost | undefined;
  for await (const event of store.readStream(streams.post(postId))) {
    const { type, data } = decoders.post.read(event);
    if (type === 'PostNameLost.v1' || type === 'PostAddressesKept.v2' || type === 'PageAddressed.v1') continue;
    const byImport = event.actor === actorOf('wordpress');
    known = {
      imported: byImport ? { ...known?.imported, ...data } : { ...known?.imported },
      changedHere: !byImport || known?.changedHere === true,
      revision: event.revision,
    };
  }
  return known;
}

/** The differences of the export from the last import. */
export function postChangesIn(post: ImportedPost, { imported }: KnownPost): ImportedChanges {
  const { title, body, excerpt, tags, locale, publishAt } = post;
  return {
    ...(title === imported.title ? {} : { title }),
    ...(body === imported.body ? {} : { body }),
    ...(excerpt === imported.excerpt ? {} : { excerpt }),
    ...(JSON.stringify(tags) === JSON.stringify(imported.tags) ? {} : { tags }),
    ...(locale === imported.locale ? {} : { locale }),
    ...(publishAt === null || publishAt === imported.publishAt ? {} : { publishAt }),
  };
}

/** The discussion's settings, and whether anybody but an import has set them. */
export async function knownDiscussion(
  store: EventStore,
  postId: string,
): Promise<{ readonly settings: DiscussionSettings; readonly setHere: boolean; readonly revision: bigint }> {
  let known = { settings: OPEN_DISCUSSION, setHere: false, revision: -1n };
  for await (const event of store.readStream(streams.discussion(postId))) {
    const fact = decoders.discussion.read(event);
    const isOfSettings = fact.type === 'DiscussionChanged.v2';
    const settings = isOfSettings ? settingsAfter(known.settings, fact.data) : known.settings;
    const setHere = known.setHere || (isOfSettings && !event.actor.startsWith('import:'));
    known = { settings, setHere, revision: event.revision };
  }
  return known;
}

/** The post under which a comment stands already; undefined when it is new. */
export async function postOfComment(store: EventStore, commentId: string): Promise<string | undefined> {
  for await (const event of store.readStream(streams.comment(commentId))) {
    return decoders.comment.read(event).data.postId;
  }
  return undefined;
}

/** The addresses of posts in the log. */
export function slugsHere(store: EventStore): SlugsHere {
  return {
    ofPost: async (postId) => {
      for await (const event of store.readStream(streams.post(postId))) {
        const { type, data } = decoders.post.read(event);
        if (type === 'PostPublished.v1') return data.slug;
      }
      return undefined;
    },
    isTaken: async (slug, postId) => {
      let holder: string | null = null;
      for await (const event of store.readStream(streams.slug(slug))) {
        const { type, data } = decoders.reservation.read(event);
        holder = type === 'NameReserved.v1' ? data.holder : null;
      }
      return holder !== null && holder !== postId;
    },
  };
}
