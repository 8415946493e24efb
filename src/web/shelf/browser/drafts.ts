import { Http } from '../../../../libs/client/http.ts';
import { ShelfClient } from '../../../../libs/client/shelf-client.ts';
import type { Draft } from '../../../../libs/client/shelf-shapes.ts';
import { fetchAs } from '../../shell/browser/fetch-as.ts';
import { draftPrefix, keep, kept, keptUnder } from '../../shell/browser/kept.ts';
import { readData } from '../../shell/browser/page-data.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** The rest of a key: the post, and the comment that is answered or nothing. */
const PLACE = new RegExp(`^(${UUID}):(${UUID})?$`);

interface DraftsData {
  readonly memberId: string;
  /** The positions of the drafts on the page. */
  readonly shown: readonly string[];
}

/** A text as this browser keeps it. */
interface OwnText {
  readonly postId: string;
  readonly parentId: string | null;
  readonly body: string;
  /** The key under which the position is kept that the forum gave the text seen last. */
  readonly seenKey: string;
}

function ownTexts(memberId: string): readonly OwnText[] {
  const prefix = `colloquy:draft:${memberId}:`;
  return keptUnder(prefix).flatMap((key) => {
    const [, postId, parentId = null] = PLACE.exec(key) ?? [];
    const body = kept(prefix + key) ?? '';
    if (postId === undefined || body.trim() === '') return [];
    return { postId, parentId, body, seenKey: `${draftPrefix(memberId, postId)}seen:${parentId ?? ''}` };
  });
}

/**
 * Keeps what was typed in this browser and the forum does not have yet, since its writer left before the pause after which
 * it is kept, and shows the page with it. A text whose draft was thrown away or sent elsewhere stays so, and one that
 * another device went on with is left to that.
 */
async function keepOwn({ memberId, shown }: DraftsData): Promise<void> {
  const shelf = new ShelfClient(new Http({ fetch: fetchAs(memberId) }));
  const { items } = await shelf.drafts();
  // What was on its way when this page was made.
  let newest = items.map(({ position }) => position).find((position) => !shown.includes(position)) ?? '';
  for (const { seenKey, ...text } of ownTexts(memberId)) {
    const draft = items.find((one) => isAt(one, text));
    const over = kept(seenKey);
    if (draft?.body.trim() === text.body.trim()) keep(seenKey, draft.position);
    else if ((draft?.position ?? null) === over) {
      const { position } = await shelf.keepDraft({ ...text, over }).catch(() => ({ position: '' }));
      if (position === '') continue;
      keep(seenKey, position);
      newest = position;
    }
  }
  const waited = new URLSearchParams(location.search).get('after');
  if (newest !== '' && newest !== waited) location.replace(`/drafts?after=${newest}`);
}

function isAt(draft: Draft, { postId, parentId }: Omit<OwnText, 'seenKey'>): boolean {
  return draft.postId === postId && draft.parentId === parentId && draft.commentId === null;
}

const data = readData<DraftsData>('page-data');
if (data !== undefined) keepOwn(data).catch(() => undefined);
