import { Drafts, keep } from '../../../shell/browser/kept.ts';
import { type GuestFields, type GuestText, GuestTexts, noteSent, settleSent } from '../guest-texts.ts';
import type { ThreadParts } from '../thread-view.ts';
import { type GuestWriter, guestWriter, isNamed, onWriter, untilNobodys } from './guest-writer.ts';

function fieldAt(parentId: string): HTMLTextAreaElement | null {
  const field = document.getElementById(parentId === '' ? 'new-comment' : `answer-${parentId}`);
  return field instanceof HTMLTextAreaElement ? field : null;
}

/** The page shows what became of the text that was sent before it came. */
export function settleTyped({ viewer, post }: ThreadParts['page']): void {
  settleSent(post.id, (parentId) => (viewer === null ? undefined : fieldAt(parentId)?.value));
}

/** Puts a text of an earlier page before what stands in its field; false where there is no field. */
function give({ parentId, text }: GuestText, postId: string): boolean {
  const field = fieldAt(parentId);
  if (field && !field.value.includes(text)) {
    field.setRangeText(field.value === '' ? text : `${text}\n\n`, 0, 0, 'preserve');
    field.dataset['earlier'] = field.value;
  }
  if (field) keepTyped(field, postId);
  return field !== null;
}

/** What was typed on this page before it was loaded again stands where it stood. */
export async function giveTyped({ page, view }: Pick<ThreadParts, 'page' | 'view'>): Promise<void> {
  await untilNobodys();
  const away = GuestTexts.ofTab(page.post.id).all.filter((one) => !give(one, page.post.id));
  const { comments, state } = view.now();
  const answer = away.find(({ parentId }) =>
    comments.some(({ id, status }) => id === parentId && status === 'visible'),
  );
  if (answer === undefined || state.openForm !== null) return;
  view.openByItself({ kind: 'answer', commentId: answer.parentId });
  requestAnimationFrame(() => give(answer, page.post.id));
}

/** Keeps what is typed in one field, for whoever writes there. */
class TypedText {
  readonly #field: HTMLTextAreaElement;
  readonly #postId: string;
  readonly #parentId: string;
  /** For whom the text is kept; null for nobody yet. */
  #owner: GuestWriter | null = null;
  #isSent = false;

  constructor(field: HTMLTextAreaElement, postId: string) {
    this.#field = field;
    this.#postId = postId;
    this.#parentId = String(new FormData(field.form ?? undefined).get('parentId') ?? '');
  }

  get place(): GuestText {
    return { parentId: this.#parentId, text: this.#field.value };
  }

  /** False for what its browser has not. */
  get isKept(): boolean {
    const { value } = this.#field;
    return value.trim() === '' || this.#isSent || this.#read() === value || this.#isOfTab;
  }

  typed(): void {
    this.#isSent = false;
    this.#moveTo(guestWriter(), true);
    this.#write(this.#field.value);
  }

  /** The writer became known, or another one. */
  turned(): void {
    const { value, dataset } = this.#field;
    if (!this.#field.isConnected || value === '' || value === dataset['earlier']) return;
    this.#moveTo(guestWriter(), false);
    this.#write(value);
  }

  /** What a guest says of themselves is kept with the text, for this tab. */
  named(isTyped = true): void {
    const [name, email] = [fieldIn(this.#field, 'name'), fieldIn(this.#field, 'email')];
    if (this.#owner?.kind !== 'nobody' || !name || !email) return;
    // What an earlier page has kept may not stand there yet.
    if (!isTyped && name.value === '' && email.value === '') return;
    GuestTexts.ofTab(this.#postId).writer = { name: name.value, email: email.value };
  }

  sent(): void {
    this.#isSent = true;
    if (this.#isOfTab) noteSent(this.#postId, this.place);
  }

  get #isOfTab(): boolean {
    return GuestTexts.ofTab(this.#postId).read(this.#parentId) === this.#field.value;
  }

  /** What is kept for a member, or for a person who is not the one that comes now, is never another one's. */
  #moveTo(writer: GuestWriter | null, isTyped: boolean): void {
    const owner = this.#owner;
    if (writer === null || (owner?.kind === writer.kind && owner.id === writer.id)) return;
    const moves =
      owner === null ||
      (owner.kind === 'nobody' && (isTyped || writer.kind === 'member')) ||
      (owner.kind === 'person' && isNamed(owner.id));
    if (!moves) {
      if (owner.kind !== 'nobody') this.#field.dataset['earlier'] = this.#field.value;
      return;
    }
    if (owner) this.#write('');
    this.#owner = writer;
    if (writer.kind === 'member') this.#drafts(writer).begun(this.#parentId || null, this.#field.value);
  }

  #read(): string | undefined {
    const owner = this.#owner;
    if (owner?.kind === 'member') return this.#drafts(owner).read(this.#parentId || null);
    return owner ? this.#texts(owner).read(this.#parentId) : undefined;
  }

  #write(text: string): void {
    const owner = this.#owner;
    if (owner?.kind === 'member') this.#drafts(owner).write(this.#parentId || null, text);
    else if (owner) this.#texts(owner).write(this.#parentId, text);
    this.named(false);
    // Some text of this tab waits; this program is loaded at once then.
    if (owner?.kind === 'nobody' && text !== '') keep('colloquy:typed', '1', 'sessionStorage');
  }

  #drafts({ id }: GuestWriter): Drafts {
    return new Drafts(id, this.#postId);
  }

  #texts({ kind, id }: GuestWriter): GuestTexts {
    return kind === 'person' ? GuestTexts.ofPerson(id, this.#postId) : GuestTexts.ofTab(this.#postId);
  }
}

function fieldIn({ form }: HTMLTextAreaElement, name: keyof GuestFields): HTMLInputElement | null {
  const field = form?.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field : null;
}

/** Who wrote the text of an earlier page stands with it, where nothing else was typed. */
function giveWriter(field: HTMLTextAreaElement, { writer }: GuestTexts): void {
  for (const name of ['name', 'email'] as const) {
    const empty = fieldIn(field, name);
    if (empty?.value === '') empty.value = writer[name];
  }
}

const followed = new WeakSet<HTMLTextAreaElement>();

/**
 * Keeps what somebody without an account types: for this tab alone, or for the person who is being signed in. What its browser
 * cannot keep is not left unasked.
 */
export function keepTyped(field: HTMLTextAreaElement, postId: string): void {
  if (followed.has(field)) return;
  followed.add(field);
  const typed = new TypedText(field, postId);
  field.addEventListener('input', () => typed.typed());
  for (const name of ['name', 'email'] as const) fieldIn(field, name)?.addEventListener('input', () => typed.named());
  field.form?.addEventListener('submit', ({ defaultPrevented }) => defaultPrevented || typed.sent());
  cancelOf(field)?.addEventListener('click', () => {
    field.value = '';
    typed.typed();
  });
  onWriter(() => typed.turned());
  addEventListener('beforeunload', (event) => {
    if (field.isConnected && !typed.isKept) event.preventDefault();
  });
  void untilNobodys().then(() => giveWriter(field, GuestTexts.ofTab(postId)));
  typed.turned();
  if (field.value !== '') return;
  const { parentId } = typed.place;
  void untilNobodys().then(() => give({ parentId, text: GuestTexts.ofTab(postId).read(parentId) }, postId));
}

/** Leaves the form, and what stands in it. */
function cancelOf({ form }: HTMLTextAreaElement): HTMLAnchorElement | null | undefined {
  return form?.querySelector('.buttons > a.quiet');
}
