import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { composed } from '../../../../libs/words/index.ts';
import { Drafts, draftPrefix, keptUnder } from '../../shell/browser/kept.ts';
import { readData } from '../../shell/browser/page-data.ts';
import type { FrameData } from '../../shell/frame-data.ts';
import { GuestTexts } from './guest-texts.ts';
import type { ThreadParts } from './thread-view.ts';

/** Gives a text to the member's drafts; where another one stands, it is put aside, to be offered there. */
function give(drafts: Drafts, parentId: string, text: string): void {
  if (parentId !== '') {
    if (drafts.read(parentId) === '') drafts.write(parentId, text);
    else if (drafts.read(parentId) !== text) drafts.putAside(parentId, text);
    return;
  }
  const field = document.querySelector<HTMLTextAreaElement>('#new-comment');
  if (field?.value === text) return;
  if (!field || field.value !== '') return drafts.putAside(null, text);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/**
 * What was typed here before its writer was signed in becomes the member's. In a frame, whose member may be whomever the page
 * around signs in, that is what the same person typed meanwhile; whoever signs in there by hand brings their text in the form.
 */
export function takeTyped({ viewer, post }: ThreadParts['page']): void {
  if (viewer === null) return;
  const person = readData<FrameData>('frame-data')?.sso ?? null;
  if (post.frame !== undefined && person === null) return;
  const texts = person === null ? GuestTexts.ofTab(post.id) : GuestTexts.ofPerson(person, post.id);
  for (const { parentId, text } of texts.all) {
    texts.write(parentId, '');
    give(new Drafts(viewer.memberId, post.id), parentId, text);
  }
}

const SENT = 'sent:';

type OnPage = Pick<ThreadParts, 'page' | 'view'>;

/** What the member sent by a form of this page, and no comment became of, is there again. */
export function takeUnsent({ page: { viewer, post }, view }: OnPage): void {
  if (viewer === null) return;
  const drafts = new Drafts(viewer.memberId, post.id);
  const taken = new Set(view.now().comments.map(({ id }) => id));
  for (const key of keptUnder(`${draftPrefix(viewer.memberId, post.id)}${SENT}`)) {
    const sent = drafts.takeSent(key === '' ? null : key);
    if (sent && !taken.has(sent.id)) give(drafts, key, sent.text);
  }
}

/**
 * What was typed on after its form had left, before a program could see that, was not sent: it is there again. Without an answer
 * that waits for the next page. True where an answer is to be opened for it.
 */
export async function takeTypedOn({ page: { viewer, post }, view }: OnPage, rest: ColloquyClient): Promise<boolean> {
  if (viewer === null) return false;
  let isAnswer = false;
  const drafts = new Drafts(viewer.memberId, post.id);
  const taken = new Set(view.now().comments.map(({ id }) => id));
  for (const parentId of drafts.earlyPlaces) {
    const early = drafts.early(parentId);
    if (!early || !taken.has(early.id)) continue;
    const { body } = await rest.comment(early.id);
    drafts.forgetEarly(parentId);
    if (body === null || composed(early.text).trim() === body) continue;
    give(drafts, parentId ?? '', early.text);
    isAnswer ||= parentId !== null;
  }
  return isAnswer;
}
