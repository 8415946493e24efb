import type { ThreadClient } from '../../../../../libs/client/thread-client.ts';
import type { ComposeWords } from '../../../shell/browser/writing/compose-words.ts';
import { typeIn } from '../../../shell/browser/writing/typing-in.ts';
import type { ThreadView } from '../thread-view.ts';
import { type BegunMention, begunMention, type Mentionable, offeredTo, peopleOf } from './people.ts';

/** Milliseconds after which a whole handle is looked up that nobody here has. */
const LOOK_UP_MS = 400;
const SHORTEST_HANDLE = 3;

interface MentionParts {
  readonly rest: ThreadClient;
  readonly view: ThreadView;
  readonly t: ComposeWords;
}

let lists = 0;

/**
 * Completes mentions: a list box that the field points to, as ARIA's combobox has it, while the field stays a field of
 * several lines.
 */
export class Mentioning {
  readonly list = document.createElement('ul');
  readonly #field: HTMLTextAreaElement;
  readonly #parts: MentionParts;
  #offered: readonly Mentionable[] = [];
  #chosen = 0;
  #begun: BegunMention | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(field: HTMLTextAreaElement, parts: MentionParts) {
    this.#field = field;
    this.#parts = parts;
    lists += 1;
    this.list.id = `people-${lists}`;
    this.list.className = 'composing-people';
    this.list.role = 'listbox';
    this.list.ariaLabel = parts.t('compose.people');
    this.list.hidden = true;
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', this.list.id);
    field.addEventListener('input', () => this.#look());
    field.addEventListener('blur', () => this.#close());
    field.form?.addEventListener('submit', () => this.#close());
    // The caret goes elsewhere by keys or a press, and some phones keep the field's focus whatever is pressed.
    document.addEventListener('selectionchange', () => this.#leave());
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && target !== field && !this.list.contains(target)) this.#close();
    });
    field.addEventListener('keydown', (event) => this.#key(event));
    // The press would take the keyboard from the field.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element && target.closest('[role=option]');
      const person = option ? this.#offered[[...this.list.children].indexOf(option)] : undefined;
      if (person) this.#take(person);
    });
  }

  #look(): void {
    clearTimeout(this.#timer);
    const { value, selectionStart } = this.#field;
    this.#begun = begunMention(value, selectionStart);
    if (this.#begun === null) return this.#close();
    const { typed } = this.#begun;
    const own = this.#parts.view.now().comments;
    const offered = offeredTo(peopleOf(own), typed);
    if (offered.length === 1 && offered[0]?.handle === typed) return this.#close();
    this.#offer(offered);
    if (this.#offered.length > 0 || typed.length < SHORTEST_HANDLE) return;
    this.#timer = setTimeout(() => void this.#lookUp(typed), LOOK_UP_MS);
  }

  /** The list belongs to one word: it closes once the caret stands elsewhere. */
  #leave(): void {
    if (this.#begun === null || document.activeElement !== this.#field) return;
    const { value, selectionStart, selectionEnd } = this.#field;
    const now = selectionStart === selectionEnd ? begunMention(value, selectionStart) : null;
    if (now?.at !== this.#begun.at) this.#close();
  }

  /** Others are found by their whole handle alone, as their pages are. */
  async #lookUp(handle: string): Promise<void> {
    const { member } = await this.#parts.rest.http
      .json('GET /api/v1/members/:handle', { handle })
      .then((found) => ({ member: found }))
      .catch(() => ({ member: null }));
    if (member !== null && this.#begun?.typed === handle) this.#offer([member]);
  }

  #offer(people: readonly Mentionable[]): void {
    this.#offered = people;
    this.#chosen = 0;
    this.list.hidden = people.length === 0;
    this.list.replaceChildren(
      ...people.map(({ handle, displayName }, at) => {
        const option = document.createElement('li');
        option.id = `${this.list.id}-${at}`;
        option.role = 'option';
        option.dir = 'auto';
        const name = document.createElement('span');
        name.className = 'hint';
        name.textContent = displayName;
        option.append(`@${handle} `, name);
        return option;
      }),
    );
    this.#mark();
  }

  #mark(): void {
    for (const [at, option] of [...this.list.children].entries()) option.ariaSelected = String(at === this.#chosen);
    if (this.#offered.length === 0) this.#field.removeAttribute('aria-activedescendant');
    else this.#field.setAttribute('aria-activedescendant', `${this.list.id}-${this.#chosen}`);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#begun = null;
    if (this.#offered.length > 0) this.#offer([]);
  }

  #key(event: KeyboardEvent): void {
    if (this.#offered.length === 0 || event.isComposing || event.ctrlKey || event.metaKey) return;
    const count = this.#offered.length;
    const person = this.#offered[this.#chosen];
    if (event.key === 'ArrowDown') this.#chosen = (this.#chosen + 1) % count;
    else if (event.key === 'ArrowUp') this.#chosen = (this.#chosen + count - 1) % count;
    else if ((event.key === 'Enter' || event.key === 'Tab') && person) this.#take(person);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#mark();
  }

  #take({ handle }: Mentionable): void {
    if (this.#begun === null) return;
    const { at, typed } = this.#begun;
    const insert = `@${handle} `;
    this.#close();
    typeIn(this.#field, { from: at, to: at + typed.length + 1, insert, choose: [insert.length, insert.length] });
  }
}
