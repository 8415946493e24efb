import { ColloquyClient } from '../../../../../libs/client/rest-client.ts';
import type { ThreadActivity } from '../../../../../libs/client/shapes.ts';
import { type Axis, momentAt, shareAt } from '../axis.ts';
import { clockOf } from '../clock.ts';
import { PastPages } from './past-pages.ts';
import { Player } from './player.ts';

/** Steps of the slider over a thread's whole life. */
const STEPS = 1_000;
/** Milliseconds for which the slider must rest before the thread is fetched. */
const REST_MS = 120;

/**
 * The time machine of a thread: a slider over its graph, steps and play; the server makes what it shows, as it makes
 * pages.
 */
class TimeMachine {
  readonly #place: HTMLElement;
  readonly #slider = document.createElement('input');
  readonly #pages: PastPages;
  readonly #player: Player;
  readonly #axis: Axis;
  #times: Promise<readonly number[]> | null = null;
  /** Null for now. */
  #shown: number | null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement) {
    const { axis, shown } = place.dataset;
    this.#place = place;
    this.#axis = (axis ?? '').split(' ').map(Number);
    const [from = 0] = this.#axis;
    this.#shown = place.classList.contains('in-past') ? (shown === undefined ? from : Date.parse(shown)) : null;
    this.#pages = new PastPages(place, this.#shown);
    this.#player = new Player(place, { next: () => this.#playOn(), start: () => this.#startOver() });
  }

  start(): void {
    const slider = this.#slider;
    Object.assign(slider, { type: 'range', min: '0', max: String(STEPS), step: '1' });
    slider.setAttribute('aria-label', this.#place.dataset['label'] ?? '');
    this.#place.querySelector('.past-graph')?.append(slider);
    slider.addEventListener('input', () => this.#slid());
    slider.addEventListener('keydown', (event) => this.#keyed(event));
    this.#place.addEventListener('click', (event) => this.#clicked(event));
    addEventListener('popstate', () => this.#follow());
    this.#player.show();
    this.#tell();
    const field = this.#field();
    field?.addEventListener('focus', () => {
      // Time went on since the page was made.
      field.max = clockOf(Date.now(), this.#zone());
    });
    // The fragment of a form's address keeps the browser from doing this.
    if (field?.getAttribute('aria-invalid') === 'true') field.focus();
  }

  #slid(): void {
    this.#player.stop();
    const value = Number(this.#slider.value);
    const at = value === STEPS ? null : momentAt(this.#axis, value / STEPS);
    this.#shown = at;
    this.#pages.announce(at);
    this.#tell();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#go(at), REST_MS);
  }

  #keyed(event: KeyboardEvent): void {
    const isRight = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const way = /^Arrow(Up|Down|Left|Right)$/.test(event.key) ? [isRight, 'ArrowUp'].includes(event.key) : null;
    if (way === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void this.#step(way ? 1 : -1);
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { at, back } = link.dataset;
    if (at === undefined && back === undefined) return;
    if (back !== undefined && !this.#pages.hasPresent) return;
    event.preventDefault();
    this.#player.stop();
    void this.#go(at === undefined ? null : Date.parse(at));
  }

  /** After the browser's Back and Forward the page shows what its address names. */
  #follow(): void {
    const at = this.#pages.named();
    if (at === undefined) location.reload();
    else if (at !== this.#shown) {
      this.#player.stop();
      void this.#go(at);
    }
  }

  /** Goes to the change before or after; after the last one comes now. */
  async #step(by: 1 | -1): Promise<boolean> {
    this.#player.stop();
    const times = await this.#allTimes();
    const here = this.#shown === null ? times.length - 1 : times.findLastIndex((time) => time <= (this.#shown ?? 0));
    const to = times[here + by];
    if (to === undefined && (by === -1 || this.#shown === null)) return false;
    await this.#go(to ?? null);
    return true;
  }

  async #startOver(): Promise<void> {
    const [first] = await this.#allTimes();
    if (this.#shown === null && first !== undefined) await this.#go(first);
  }

  /** Uses so few steps that a long life is over in half a minute. */
  async #playOn(): Promise<boolean> {
    const times = await this.#allTimes();
    const stride = Math.max(1, Math.ceil(times.length / Player.MOST_STEPS));
    const here = times.findLastIndex((time) => time <= (this.#shown ?? this.#until()));
    const to = times[here + stride] ?? null;
    await this.#go(to);
    return to !== null;
  }

  async #go(at: number | null): Promise<void> {
    clearTimeout(this.#rest);
    this.#shown = at;
    this.#tell();
    await this.#pages.show(at);
    this.#tell();
  }

  #tell(): void {
    const share = this.#shown === null ? 1 : shareAt(this.#axis, this.#shown);
    const slider = this.#slider;
    slider.value = String(Math.round(share * STEPS));
    slider.setAttribute('aria-valuetext', this.#place.querySelector('[data-part="shown"]')?.textContent ?? '');
    const field = this.#field();
    if (field && field.getAttribute('aria-invalid') !== 'true')
      field.value = clockOf(this.#shown ?? this.#until(), this.#zone());
    this.#pages.drawHandle(share);
  }

  #field(): HTMLInputElement | null {
    return this.#place.querySelector('#past-at');
  }

  /** The forum's, by whose clock the field is read. */
  #zone(): string {
    return this.#place.dataset['zone'] ?? 'UTC';
  }

  #until(): number {
    return this.#axis.at(-1) ?? 0;
  }

  #allTimes(): Promise<readonly number[]> {
    this.#times ??= new ColloquyClient().activity(this.#place.dataset['post'] ?? '').then(timesOf);
    return this.#times;
  }
}

function timesOf({ moments }: ThreadActivity): readonly number[] {
  return [...new Set(moments.map(({ at }) => Date.parse(at)))];
}

const place = document.getElementById('time-machine');
if (place) new TimeMachine(place).start();
