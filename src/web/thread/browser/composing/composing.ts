import type { ThreadClient } from '../../../../../libs/client/thread-client.ts';
import { areWordsUnkept } from '../../../shell/browser/unkept-words.ts';
import { wordsOf } from '../../../shell/browser/writing/compose-words.ts';
import { adoptComposingStyles } from '../../../shell/browser/writing/composing-styles.ts';
import { takeDropped, takeImages } from '../../../shell/browser/writing/taking-images.ts';
import { markByKeys, toolbarOf } from '../../../shell/browser/writing/toolbar.ts';
import type { HeldKey } from '../held-keys.ts';
import type { ThreadParts } from '../thread-view.ts';
import { Mentioning } from './mentioning.ts';
import { LivePreview } from './preview.ts';
import { offerQuotes } from './quoting.ts';
import { replayKeys } from './replayed.ts';
import { SyncedDrafts } from './synced-drafts.ts';
import { giveTyped, keepTyped, settleTyped } from './typed-as-guest.ts';

/** The fields in which comments are written and edited; a report has none of these helps. */
export const FIELDS = '.composer:not(.report) textarea';

/** Equips each field of a comment when the keyboard comes into it, and offers to quote what is selected. */
export async function compose(
  parts: ThreadParts,
  rest: ThreadClient,
  takeKeys: () => readonly HeldKey[],
): Promise<void> {
  replayKeys(takeKeys());
  // Keys need none of the words, which may come late.
  document.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.matches(FIELDS)) markByKeys(event.target, event);
  });
  const words = await wordsOf(parts.translator);
  const { t } = words;
  adoptComposingStyles();
  const { images, viewer } = parts.page;
  const taking = images && { memberId: viewer?.memberId ?? '', page: parts.translator, words };
  const equipped = new WeakSet<HTMLTextAreaElement>();
  const synced = parts.page.viewer && new SyncedDrafts(parts, rest, t);
  settleTyped(parts.page);
  if (!synced) void giveTyped(parts);
  const equip = (): void => {
    const field = document.activeElement;
    if (!(field instanceof HTMLTextAreaElement) || !field.matches(FIELDS) || equipped.has(field)) return;
    equipped.add(field);
    const preview = new LivePreview(field, { rest, t, translator: parts.translator });
    const mentioning = new Mentioning(field, { rest, t, view: parts.view });
    field.before(toolbarOf(field, t, taking ? [takeImages(field, taking)] : []));
    field.after(mentioning.list);
    field.form?.append(preview.element);
    field.addEventListener('input', () => preview.changed());
    // The field is emptied by its form, which no event tells.
    field.form?.addEventListener('submit', () => preview.changed());
    preview.changed();
    if (synced) synced.follow(field);
    else keepTyped(field, parts.page.post.id);
  };
  document.addEventListener('focusin', equip);
  if (taking) takeDropped(FIELDS, taking);
  inPlace(equip);
  // A text that was given back is kept, whoever touches it, where the browser does not.
  if (synced && areWordsUnkept())
    for (const field of document.querySelectorAll<HTMLTextAreaElement>(FIELDS)) synced.follow(field);
  offerQuotes(parts, t);
}

/** Who writes already, before the helps have come, keeps the field where it is on the screen, to a part of a pixel: pages scroll by whole ones. */
function inPlace(equip: () => void): void {
  const field = document.activeElement ?? document.body;
  const before = field.getBoundingClientRect().top;
  equip();
  scrollBy({ top: Math.round(field.getBoundingClientRect().top - before), behavior: 'instant' });
}
