/** Milliseconds between two moments: long enough to see the change. */
const BEAT_MS = 800;

interface Film {
  /** Shows the next moment; false at the end. */
  readonly next: () => Promise<boolean>;
  /** Goes to the beginning when the end is shown. */
  readonly start: () => Promise<void>;
}

/** The button that plays a discussion's life, and stops it. */
export class Player {
  static readonly MOST_STEPS = 40;

  readonly #place: HTMLElement;
  readonly #film: Film;
  readonly #button = document.createElement('button');
  #beat: ReturnType<typeof setTimeout> | undefined;
  #isPlaying = false;

  constructor(place: HTMLElement, film: Film) {
    this.#place = place;
    this.#film = film;
    this.#button.type = 'button';
    this.#button.className = 'past-icon past-play';
    this.#button.addEventListener('click', () => (this.#isPlaying ? this.stop() : void this.#play()));
  }

  show(): void {
    this.#place.querySelector('.past-line')?.prepend(this.#button);
    this.#tell();
  }

  stop(): void {
    clearTimeout(this.#beat);
    this.#isPlaying = false;
    this.#tell();
  }

  async #play(): Promise<void> {
    this.#isPlaying = true;
    this.#tell();
    await this.#film.start();
    this.#wait();
  }

  #wait(): void {
    if (!this.#isPlaying) return;
    this.#beat = setTimeout(async () => {
      const goesOn = await this.#film.next();
      if (goesOn) this.#wait();
      else this.stop();
    }, BEAT_MS);
  }

  #tell(): void {
    const { play = '', pause = '' } = this.#place.dataset;
    this.#button.title = this.#isPlaying ? pause : play;
    this.#button.setAttribute('aria-label', this.#button.title);
    this.#button.setAttribute('aria-pressed', String(this.#isPlaying));
    // A running play is not read out at every moment.
    this.#place.querySelector('[data-part="shown"]')?.setAttribute('aria-live', this.#isPlaying ? 'off' : 'polite');
  }
}
