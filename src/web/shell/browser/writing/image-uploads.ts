import { newId } from '../../../../../libs/client/new-id.ts';
import { MOST_IMAGE_UPLOAD_BYTES } from '../../../../../libs/words/limits.ts';
import type { MessageKey, Translator } from '../../i18n/translate.ts';
import { describedPicture, pictureChange, placeAfter } from '../../image-text.ts';
import { reasonOf } from '../../refusal-messages.ts';
import type { TypedChange } from '../../typed-change.ts';
import { ImageRow } from './image-rows.ts';
import { IMAGE_TYPES } from './image-types.ts';
import { type PictureRefusal, sendImage } from './send-image.ts';
import { typeIn } from './typing-in.ts';

export interface UploadParts {
  readonly memberId: string;
  readonly t: Translator['t'];
  readonly page: Translator;
}

interface Upload {
  readonly file: File;
  /** Of one picture, however often it is sent. */
  readonly key: string;
  readonly row: ImageRow;
  at: number;
  /** Null while it is refused. */
  sending: AbortController | null;
  /** Null until it stands in the text. */
  address: string | null;
}

/** Refusals after which the same picture may be taken. */
const PASSING =
  /^(unreachable|unexpected_answer|rate_limited|overloaded|storage_unavailable|internal|shutting_down|not_caught_up)$/;

/**
 * The pictures of one field. They are sent one after another; each comes into the text where the caret stood, however
 * much is typed meanwhile, so that neither the text nor its drafts ever hold anything else than final addresses. The
 * form waits for them.
 */
export class ImageUploads {
  readonly #field: HTMLTextAreaElement;
  readonly #parts: UploadParts;
  readonly #list = document.createElement('ul');
  readonly #said = document.createElement('p');
  #uploads: readonly Upload[] = [];
  #before: string;
  #turn: Promise<void> = Promise.resolve();
  #composed: Promise<void> | null = null;

  constructor(field: HTMLTextAreaElement, parts: UploadParts) {
    this.#field = field;
    this.#parts = parts;
    this.#before = field.value;
    this.#list.className = 'composing-images';
    this.#said.role = 'status';
    field.after(this.#said, this.#list);
    field.addEventListener('input', () => this.#typed());
    field.addEventListener('compositionstart', () => {
      this.#composed = new Promise((resolve) =>
        field.addEventListener('compositionend', () => setTimeout(resolve), { once: true }),
      ).then(() => {
        this.#composed = null;
      });
    });
    // Before the form's own listeners, which would send it.
    field.form?.addEventListener('submit', (event) => this.#holdBack(event), { capture: true });
    field.form?.addEventListener('submit', () => setTimeout(() => this.#typed()));
  }

  /** Takes files for the place where the caret stands. */
  take(files: readonly File[]): void {
    const at = this.#field.selectionEnd;
    for (const file of files) this.#begin({ file, key: newId(), at });
  }

  #begin({ file, key, at }: Pick<Upload, 'file' | 'key' | 'at'>): void {
    const row: ImageRow = new ImageRow(file.name, this.#parts, {
      cancel: () => this.#end(upload),
      again: () => {
        this.#drop(upload);
        this.#begin({ file, key, at: this.#field.selectionEnd });
      },
      describe: (words) => this.#describe(upload, words),
    });
    const upload: Upload = { file, key, row, at, sending: new AbortController(), address: null };
    this.#uploads = [...this.#uploads, upload];
    this.#list.append(row.element);
    const refusal = refusedAtOnce(file);
    if (refusal) return this.#refuse(upload, refusal);
    row.sends(0);
    this.#turn = this.#turn.then(() => this.#send(upload));
  }

  async #send(upload: Upload): Promise<void> {
    const { file, key, row, sending } = upload;
    if (!sending || sending.signal.aborted) return;
    this.#say('compose.imageSends', upload);
    const told = (part: number): void => {
      row.sends(part);
      if (!this.#field.isConnected) sending.abort();
    };
    const sent = await sendImage(file, { key, as: this.#parts.memberId, signal: sending.signal, told });
    // A word that is being composed from several keys would be broken.
    await this.#composed;
    if (sent === null || sending.signal.aborted || !this.#field.isConnected) return this.#drop(upload);
    if ('refusal' in sent) return this.#refuse(upload, sent.refusal);
    this.#show(upload, sent.address);
  }

  #show(upload: Upload, address: string): void {
    const change = pictureChange(this.#field.value, upload.at, address);
    upload.sending = null;
    upload.address = address;
    this.#type(change);
    const end = change.from + change.insert.length;
    // What was brought later comes behind it.
    for (const other of this.#uploads) if (other.sending && other.at === change.from) other.at = end;
    upload.row.asksForDescription();
    this.#say('compose.imageThere', upload);
  }

  #describe(upload: Upload, words: string): void {
    const { address } = upload;
    const change = address === null ? null : describedPicture(this.#field.value, address, words);
    const hadKeyboard = upload.row.element.contains(document.activeElement);
    if (words.trim() !== '' && change) this.#type(change);
    this.#drop(upload);
    this.#said.textContent = '';
    if (hadKeyboard) this.#field.focus();
  }

  /** As if typed, while keyboard and caret stay where they are. */
  #type(change: TypedChange): void {
    const { selectionStart, selectionEnd, value } = this.#field;
    const focused = document.activeElement;
    const after = value.slice(0, change.from) + change.insert + value.slice(change.to);
    const moved = (at: number): number =>
      at === change.from ? at + change.insert.length : placeAfter(at, value, after);
    const [from, to] = [moved(selectionStart), moved(selectionEnd)];
    typeIn(this.#field, { ...change, choose: [from - change.from, to - change.from] });
    if (focused === this.#field || !(focused instanceof HTMLElement)) return;
    if (focused === document.body) this.#field.blur();
    else focused.focus({ preventScroll: true });
  }

  #refuse(upload: Upload, refusal: PictureRefusal): void {
    const { t, page } = this.#parts;
    const { name } = upload.file;
    const key = REFUSED[refusal.code];
    const reason = key ? t(key, { name }) : t('compose.imageRefused', { name, reason: reasonOf(refusal, page) });
    upload.sending = null;
    upload.row.refused(reason, PASSING.test(refusal.code));
    this.#said.textContent = '';
  }

  /** By its button, which goes with it. */
  #end(upload: Upload): void {
    upload.sending?.abort();
    this.#drop(upload);
    this.#said.textContent = '';
    this.#field.focus();
  }

  #drop(upload: Upload): void {
    upload.row.element.remove();
    this.#uploads = this.#uploads.filter((one) => one !== upload);
  }

  /** Places move with the text; a picture that was taken out of it, or went with it, is not asked about. */
  #typed(): void {
    const { value } = this.#field;
    for (const upload of this.#uploads) {
      if (upload.sending) upload.at = placeAfter(upload.at, this.#before, value);
      if (upload.address !== null && !value.includes(upload.address)) this.#drop(upload);
    }
    this.#before = value;
  }

  #holdBack(event: SubmitEvent): void {
    if (this.#uploads.some(({ sending }) => sending !== null)) return this.#stop(event, 'compose.imageWait');
    for (const upload of this.#uploads) if (upload.row.answer?.trim()) this.#describe(upload, upload.row.answer);
    const asked = this.#uploads.find(({ row }) => row.answer !== null);
    const { submitter } = event;
    if (asked && submitter instanceof HTMLButtonElement && submitter.value === 'publish') {
      this.#stop(event, 'compose.imageAsked');
      asked.row.focusQuestion();
      return;
    }
    this.#said.textContent = '';
  }

  #stop(event: Event, reason: 'compose.imageWait' | 'compose.imageAsked'): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#said.className = 'hint';
    this.#said.textContent = this.#parts.t(reason);
  }

  #say(key: 'compose.imageSends' | 'compose.imageThere', { file: { name } }: Upload): void {
    // The rows show the same.
    this.#said.className = 'visually-hidden';
    this.#said.textContent = this.#parts.t(key, { name });
  }
}

const REFUSED: Readonly<Record<string, MessageKey>> = {
  too_large: 'compose.imageLarge',
  unsupported_media_type: 'compose.imageKind',
  invalid: 'compose.imageDamaged',
  conflict: 'compose.imageTooMany',
};

/** What the forum would refuse anyway is not sent first. */
function refusedAtOnce({ type, size }: File): PictureRefusal | null {
  if (type !== '' && !IMAGE_TYPES.includes(type)) return { code: 'unsupported_media_type', detail: type };
  return size > MOST_IMAGE_UPLOAD_BYTES ? { code: 'too_large', detail: String(size) } : null;
}
