import { Component, createRef, hydrate, render } from 'preact';
import { type KeptProps, ThreadProvider } from '../parts/context.ts';

/** Tells Preact to leave an element's contents alone. */
const AS_IT_IS = { __html: '' };
/** Milliseconds of work at a time when many comments wake at once. */
const SLICE_MS = 8;

const sleeping = new WeakMap<Element, KeptComment>();
const toWake = new Set<KeptComment>();

/**
 * A comment whose HTML stays as the server sent it until it changes or is touched; from then on Preact draws it. So a
 * page of a thousand comments works only for the few that change.
 */
export class KeptComment extends Component<KeptProps> {
  readonly #place = createRef<HTMLLIElement>();
  /** The server's drawing; null once the comment is awake. */
  #sent: KeptProps | null = this.props;

  override componentDidMount(): void {
    const { current } = this.#place;
    if (current) sleeping.set(current, this);
    // A later comment has no HTML from the server, and an open form waits for its reader.
    if (!current?.firstChild || current.querySelector('form:not(.inline)')) this.wake();
  }

  override componentDidUpdate({ children, thread }: KeptProps): void {
    const isChanged = this.props.children !== children;
    if (this.#sent === null) {
      if (isChanged || this.props.thread !== thread) this.#draw(this.props);
    } else if (isChanged) this.wake();
    else if (this.props.thread.discussion !== thread.discussion) wakeLater(this);
  }

  override componentWillUnmount(): void {
    toWake.delete(this);
    if (this.#sent === null && this.#place.current) render(null, this.#place.current);
  }

  override render({ element }: KeptProps) {
    return <li {...element} ref={this.#place} dangerouslySetInnerHTML={AS_IT_IS} />;
  }

  /** Draws first as the server did, so that its HTML is taken over, and then as it is now. */
  wake(): void {
    const sent = this.#sent;
    if (sent === null) return;
    this.#sent = null;
    this.#draw(sent, hydrate);
    if (sent !== this.props) this.#draw(this.props);
  }

  #draw({ thread, children }: KeptProps, draw = render): void {
    if (this.#place.current) draw(<ThreadProvider value={thread}>{children}</ThreadProvider>, this.#place.current);
  }
}

function wakeLater(comment: KeptComment): void {
  if (toWake.size === 0) setTimeout(wakeSome);
  toWake.add(comment);
}

function wakeSome(): void {
  const until = performance.now() + SLICE_MS;
  for (const comment of toWake) {
    if (performance.now() > until) {
      setTimeout(wakeSome);
      return;
    }
    toWake.delete(comment);
    comment.wake();
  }
}

/** Wakes a comment and those above it before the event reaches its target, so that nobody notices that it slept. */
export function wakeWhatIsTouched(thread: HTMLElement): void {
  const wake = ({ target }: Event): void => {
    const above: Element[] = [];
    let comment = target instanceof Element ? target.closest('.comment') : null;
    for (; comment; comment = comment.parentElement?.closest('.comment') ?? null) above.unshift(comment);
    for (const one of above) sleeping.get(one)?.wake();
  };
  for (const event of ['pointerdown', 'focusin', 'click']) thread.addEventListener(event, wake, true);
}
