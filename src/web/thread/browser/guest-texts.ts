import { keep, kept, keptUnder, TYPED } from '../../shell/browser/kept.ts';

/** What somebody without an account typed at one place below a post. */
export interface GuestText {
  /** The comment that is answered; empty for none. */
  readonly parentId: string;
  readonly text: string;
}

type Place = 'localStorage' | 'sessionStorage';

/** What somebody without an account says of themselves, in fields of these names. */
export interface GuestFields {
  readonly name: string;
  readonly email: string;
}

/** Before the beginning of the texts' own keys, so that it is none of them. */
const WRITER = 'writer:';

/** Where a text that leaves with its form is named, until the next page shows what became of it. */
const SENT = 'colloquy:typed-sent';

/** The texts that were typed below one post by somebody without an account, one for each place. */
export class GuestTexts {
  readonly #prefix: string;
  readonly #place: Place;

  private constructor(prefix: string, place: Place) {
    this.#prefix = prefix;
    this.#place = place;
  }

  /** Of whoever uses this tab. */
  static ofTab(postId: string): GuestTexts {
    const key = TYPED + postId;
    const texts = new GuestTexts(`${key}:`, 'sessionStorage');
    // As it was kept before each place had its own text.
    const [parentId, ...lines] = kept(key, 'sessionStorage')?.split('\n') ?? [];
    if (parentId !== undefined && texts.read(parentId) === '') texts.write(parentId, lines.join('\n'));
    keep(key, null, 'sessionStorage');
    return texts;
  }

  /** Of a person whom the page around a frame has named and who is not signed in yet, by the digest of that name; see FrameData. */
  static ofPerson(digest: string, postId: string): GuestTexts {
    return new GuestTexts(`colloquy:typed-by:${digest}:${postId}:`, 'localStorage');
  }

  read(parentId: string): string {
    return kept(this.#prefix + parentId, this.#place) ?? '';
  }

  /** An empty text is forgotten, and with the last one who its writer is. */
  write(parentId: string, text: string): void {
    keep(this.#prefix + parentId, text, this.#place);
    if (this.all.length === 0) keep(WRITER + this.#prefix, null, this.#place);
  }

  /** What the writer of these texts typed of themselves; empty where that is not kept. */
  get writer(): GuestFields {
    const [name = '', email = ''] = kept(WRITER + this.#prefix, this.#place)?.split('\n') ?? [];
    return { name, email };
  }

  /** Stays for as long as one of the texts. */
  set writer({ name, email }: GuestFields) {
    if (this.all.length > 0) keep(WRITER + this.#prefix, `${name}\n${email}`, this.#place);
  }

  get all(): readonly GuestText[] {
    return keptUnder(this.#prefix, this.#place).map((parentId) => ({ parentId, text: this.read(parentId) }));
  }
}

/** The text leaves with its form, and stays kept until the next page settles it. */
export function noteSent(postId: string, { parentId, text }: GuestText): void {
  keep(SENT, `${postId} ${parentId}\n${text}`, 'sessionStorage');
}

/** The text that was sent last is this tab's no more where the forum took it, or gave it back in a member's form. */
export function settleSent(postId: string, textIn: (parentId: string) => string | undefined): void {
  const [place = '', ...lines] = kept(SENT, 'sessionStorage')?.split('\n') ?? [];
  const [sentTo, parentId = ''] = place.split(' ');
  keep(SENT, null, 'sessionStorage');
  if (sentTo !== postId) return;
  const [text, texts] = [lines.join('\n'), GuestTexts.ofTab(postId)];
  const isTaken = new URLSearchParams(location.search).get('sent') === 'guest';
  if ((isTaken || textIn(parentId) === text) && texts.read(parentId) === text) texts.write(parentId, '');
}
