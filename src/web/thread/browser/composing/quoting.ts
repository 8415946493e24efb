import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';
import { typeIn } from '../../../shell/browser/writing/typing-in.ts';
import { quotation } from '../../parts/quotation.ts';
import type { ThreadParts } from '../thread-view.ts';
import { freePlace } from './free-place.ts';

interface Selected {
  readonly commentId: string;
  readonly comment: Element;
  readonly text: string;
  readonly at: DOMRect;
}

/** What is selected inside the text of one comment. */
function selected(): Selected | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: within } = range;
  const body = (within instanceof Element ? within : within.parentElement)?.closest('#thread .comment .body');
  const comment = body?.closest('.comment');
  const text = selection.toString().trim();
  if (!comment || text === '') return null;
  return { comment, commentId: comment.id.slice('comment-'.length), text, at: range.getBoundingClientRect() };
}

/** The field of the form that is open at a comment, or of the one below the thread. */
const openField = (): HTMLTextAreaElement | null =>
  document.querySelector('#answer textarea') ?? document.querySelector('#comment-form textarea');

/** A button beside what is selected in a comment; a press puts it into the answer as a quotation. */
export function offerQuotes({ view, page }: ThreadParts, t: ComposeWords): void {
  const mayWrite = page.viewer === null ? page.guests === 'write' : page.viewer.stop === null;
  if (!mayWrite) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button composing-quote';
  button.textContent = t('compose.quoteSelection');
  button.hidden = true;
  document.body.append(button);
  // The press would end the selection before the click.
  button.addEventListener('pointerdown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    const quoted = selected();
    if (quoted !== null) quote(quoted, view.now().comments.find(({ id }) => id === quoted.commentId)?.author ?? null);
    getSelection()?.removeAllRanges();
    button.hidden = true;
  });
  let isWaiting = false;
  document.addEventListener('selectionchange', () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      place(button);
    });
  });
  place(button);
}

function place(button: HTMLElement): void {
  const quoted = selected();
  button.hidden = quoted === null || !mayWriteAt(quoted.comment);
  if (quoted === null || button.hidden) return;
  const { left, top } = freePlace(button, quoted);
  button.style.left = `${left + scrollX}px`;
  button.style.top = `${top + scrollY}px`;
}

/** Where its reader may neither answer nor comment there is nothing to quote for. */
function mayWriteAt(comment: Element): boolean {
  return openField() !== null || answerAt(comment) !== null;
}

function answerAt(comment: Element): HTMLElement | null {
  return comment.querySelector(':scope > article .actions [data-action="answer"]');
}

function quote({ comment, commentId, text }: Selected, author: { readonly displayName: string } | null): void {
  if (author === null) return;
  const insert = quotation({ commentId, name: author.displayName, text });
  const written = document.querySelector<HTMLTextAreaElement>('#answer textarea');
  const answer = answerAt(comment);
  if (written !== null || answer === null) put(openField(), insert);
  else {
    whenThere(`#answer-${CSS.escape(commentId)}`, (field) => put(field, insert));
    answer.click();
  }
}

function put(field: HTMLTextAreaElement | null, quoted: string): void {
  if (field === null) return;
  const { value, selectionEnd } = field;
  const at = value === '' ? 0 : selectionEnd;
  const before = value.slice(0, at);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const insert = gap + quoted;
  typeIn(field, { from: at, to: at, insert, choose: [insert.length, insert.length] });
  field.scrollIntoView({ block: 'nearest' });
}

/** Calls back once the form has opened, and its draft is in it. */
function whenThere(selector: string, then: (field: HTMLTextAreaElement) => void): void {
  const look = (): boolean => {
    const field = document.querySelector<HTMLTextAreaElement>(selector);
    // The draft comes with the rendering after the first.
    if (field !== null) requestAnimationFrame(() => setTimeout(() => then(field)));
    return field !== null;
  };
  if (look()) return;
  const observer = new MutationObserver(() => {
    if (look()) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
