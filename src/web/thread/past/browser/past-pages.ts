/** Milliseconds for which a new comment is tinted. */
const FRESH_MS = 2_000;

/** The parts of the present that are silent meanwhile: its tools, its news, and the announcements of new comments. */
const AROUND = '#thread-tools, #changes, [role=log]';

/**
 * Shows a thread's past in place of its present: parts of the page that the server makes for a moment are put in place,
 * and the living thread waits outside the page, unchanged, until the reader comes back.
 */
export class PastPages {
  readonly #place: HTMLElement;
  /** The living thread with its surroundings, and the words of its time machine; null on a page of the past. */
  readonly #present: ReadonlyMap<string, Element> | null;
  readonly #first: number | null;
  readonly #address = addressHere();
  #underWay: AbortController | null = null;

  /** `first` is the moment that the server made the page for, null for now. */
  constructor(place: HTMLElement, first: number | null) {
    this.#place = place;
    this.#first = first;
    this.#present = first === null ? new Map(this.#parts(document)) : null;
  }

  get hasPresent(): boolean {
    return this.#present !== null;
  }

  /** The moment that the address names, null for now; undefined where only a fresh page can show it. */
  named(): number | null | undefined {
    if (addressHere() === this.#address) return this.#first;
    const at = new URLSearchParams(location.search).get('at');
    if (at === null) return this.hasPresent ? null : undefined;
    const moment = at.endsWith('Z') ? Date.parse(at) : Number.NaN;
    return Number.isNaN(moment) ? undefined : moment;
  }

  /** Shows the slider's moment before the thread has come. */
  announce(at: number | null): void {
    const time = this.#place.querySelector<HTMLTimeElement>('[data-part="shown"] time');
    if (time && at !== null) {
      time.dateTime = new Date(at).toISOString();
      document.dispatchEvent(new Event('colloquy:times'));
    }
  }

  /** Shows the thread at the moment, or as it is now; of several calls the last one is shown. */
  async show(at: number | null): Promise<void> {
    this.#underWay?.abort();
    if (at === null) {
      this.#showPresent();
      return;
    }
    const underWay = new AbortController();
    this.#underWay = underWay;
    const address = this.#addressAt(at);
    try {
      const response = await fetch(address, { signal: underWay.signal, headers: { accept: 'text/html' } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (underWay.signal.aborted) return;
      this.#put(this.#parts(page), true);
      name(address);
    } catch (error) {
      // The page itself tells the fault.
      if (!underWay.signal.aborted) location.assign(address);
      else if (!(error instanceof DOMException)) throw error;
    }
  }

  drawHandle(share: number): void {
    const life = this.#place.querySelector('.life');
    const width = life instanceof SVGSVGElement ? life.viewBox.baseVal.width : 0;
    const x = Math.min(1, Math.max(0, share)) * width;
    life?.querySelector('.life-handle')?.setAttribute('d', `M${Math.min(width - 1, Math.max(1, x))} 0V999`);
    const later = life?.querySelector('.life-later');
    later?.setAttribute('x', String(x));
    later?.setAttribute('width', String(width - x));
  }

  #showPresent(): void {
    if (this.#present === null) {
      location.assign(`${location.pathname}#discussion`);
      return;
    }
    this.#put(this.#present, false);
    name(this.#address);
  }

  /** The parts that differ at each moment, by name. */
  #parts(page: Document): ReadonlyMap<string, Element> {
    const found = ['#thread', '[data-part="shown"]', '[data-part="steps"]'].flatMap((selector) => {
      const part = page.querySelector(selector);
      return part ? [[selector, part] as const] : [];
    });
    return new Map(found);
  }

  #put(parts: ReadonlyMap<string, Element>, isPast: boolean): void {
    const before = new Set(idsIn(document));
    const focused = stepOf(document.activeElement);
    for (const [selector, part] of parts) {
      const shown = document.querySelector(selector);
      if (shown && shown !== part) shown.replaceWith(part.ownerDocument === document ? part : document.adoptNode(part));
    }
    this.#place.classList.toggle('in-past', isPast);
    for (const around of document.querySelectorAll(AROUND)) around.toggleAttribute('hidden', isPast);
    if (focused !== null) this.#focus(focused);
    if (isPast && before.size > 0) tint(idsIn(document).filter((id) => !before.has(id)));
    document.dispatchEvent(new Event('colloquy:times'));
  }

  /** Focuses the same step again, or the slider when there is none further that way. */
  #focus(step: string): void {
    const again =
      this.#place.querySelector<HTMLElement>(step) ?? this.#place.querySelector<HTMLElement>('input[type=range]');
    again?.focus({ preventScroll: true });
  }

  #addressAt(at: number): string {
    const query = new URLSearchParams(location.search);
    for (const name of ['at', 'after', 'moment', 'show', 'answer', 'react']) query.delete(name);
    query.set('at', new Date(at).toISOString());
    return `${location.pathname}?${query}`;
  }
}

const addressHere = (): string => `${location.pathname}${location.search}`;

/** An address that names this moment already keeps its fragment. */
function name(address: string): void {
  if (addressHere() !== address) history.replaceState(history.state, '', address);
}

/** The name by which the focused step is found again once its part was replaced; null when no step has the focus. */
function stepOf(focused: Element | null): string | null {
  if (focused?.closest('[data-part="steps"]') == null) return null;
  return ['a[rel="prev"]', 'a[rel="next"]', '[data-back]'].find((step) => focused.matches(step)) ?? '[data-back]';
}

function idsIn(page: Document): readonly string[] {
  return Array.from(page.querySelectorAll('#thread.past .comment'), ({ id }) => id);
}

function tint(ids: readonly string[]): void {
  const fresh = ids.flatMap((id) => document.getElementById(id) ?? []);
  for (const comment of fresh) comment.classList.add('fresh');
  setTimeout(() => {
    for (const comment of fresh) comment.classList.remove('fresh');
  }, FRESH_MS);
}
