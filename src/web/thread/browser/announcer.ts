import type { Comment } from '../../../../libs/client/shapes.ts';
import { keep, kept } from '../../shell/browser/kept.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { nameOf } from '../parts/comment-head.tsx';
import { hasText } from '../parts/shown-comment.ts';

const SILENT_KEY = 'colloquy:silent';
/** Characters of a comment that are read out. */
const SPOKEN = 120;
/** The most lines of the log, so that it does not grow all day. */
const MOST_LINES = 20;

/** Tells screen readers of new comments, one after another and politely, unless it was silenced on this device. */
export class Announcer {
  readonly #translator: Translator;
  readonly #log: HTMLElement;

  constructor(translator: Translator) {
    this.#translator = translator;
    this.#log = document.createElement('div');
    this.#log.className = 'visually-hidden';
    this.#log.setAttribute('role', 'log');
    this.#log.setAttribute('aria-live', 'polite');
    this.#log.setAttribute('aria-label', translator.t('live.log'));
    document.body.append(this.#log);
  }

  get isSilent(): boolean {
    return kept(SILENT_KEY) === '1';
  }

  silence(silent: boolean): void {
    keep(SILENT_KEY, silent ? '1' : null);
  }

  tell(comment: Comment): void {
    if (this.isSilent || !hasText(comment)) return;
    const text = plainText(comment.bodyHtml ?? '');
    this.#say(
      this.#translator.t('live.heard', {
        name: nameOf(comment, this.#translator),
        text: text.length > SPOKEN ? `${text.slice(0, SPOKEN)}…` : text,
      }),
    );
  }

  /** Tells what became of a key, whether or not new comments are told. */
  answer(words: string): void {
    this.#say(words);
  }

  #say(words: string): void {
    const line = document.createElement('p');
    line.textContent = words;
    this.#log.append(line);
    while (this.#log.childElementCount > MOST_LINES) this.#log.firstElementChild?.remove();
  }
}

function plainText(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return (page.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
