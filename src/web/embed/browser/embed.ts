import type { ThemePair } from '../../../../libs/words/accent.ts';
import { type FromFrame, MARK, type ToFrame } from '../frame-messages.ts';
import { backgroundOf, groundBelow } from './ground.ts';

/** A page that needs the frame's height within this distance of the window, in pixels. */
const NEAR = '600px';
const [LOWEST, HIGHEST] = [120, 40_000];
/** A host whose own layout answers each height with another one is not followed for ever. */
const MOST_HEIGHTS_A_SECOND = 30;
const ANSWER_WITHIN_MS = 20_000;
const OPTIONS = ['url', 'title', 'locale', 'theme', 'background', 'sort', 'sso'] as const;
type Options = Partial<Record<(typeof OPTIONS)[number], string>>;
const NAME = 'colloquy-discussion';
/** What the way to the forum is called where no frame comes, and no words with it; in each language that the forum speaks. */
const COMMENTS: Readonly<Record<string, string>> = {
  en: 'Comments',
  vi: 'Bình luận',
  th: 'ความคิดเห็น',
  km: 'មតិ',
  lo: 'ຄຳເຫັນ',
  my: 'မှတ်ချက်များ',
  zh: '评论',
};

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const forum = new URL(script?.src ?? location.href).origin;
const root = document.documentElement;

class Discussion extends HTMLElement {
  #frame: HTMLIFrameElement | undefined;
  #near: IntersectionObserver | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #heights = 0;
  #height = 0;
  #isReady = false;
  /** Where the frame was led last; whether it is to be led there at the end of this turn, and whether it has still to come. */
  #led = '';
  #isDue = false;
  #isLed = false;
  /** The token that this frame was told. */
  #token: string | null = null;
  static readonly observedAttributes = OPTIONS;
  #theme: keyof ThemePair = 'light';

  connectedCallback(): void {
    this.style.display = 'block';
    this.load();
  }

  disconnectedCallback(): void {
    this.unload();
  }

  /** A frame that stands is led on, once for all that changes together: so it can ask where words stand that nothing keeps. */
  load(token: string | null = null): void {
    clearTimeout(this.#late);
    this.#late = undefined;
    this.#token = token;
    this.#isReady = false;
    if (!this.#frame) return this.#await();
    this.#isLed = true;
    if (!this.#isDue) queueMicrotask(() => this.#lead());
    this.#isDue = true;
  }

  /** No step is added to the history of the page around it. */
  #lead(): void {
    this.#isDue = false;
    this.#led = this.#address();
    this.#frame?.contentWindow?.location.replace(this.#led);
  }

  #await(): void {
    this.#near?.disconnect();
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#open();
      },
      { rootMargin: NEAR },
    );
    this.#near.observe(this);
  }

  unload(): void {
    this.#near?.disconnect();
    this.#near = undefined;
    clearTimeout(this.#late);
    this.#frame?.remove();
    this.#frame = undefined;
    this.#isReady = false;
    this.#token = null;
  }

  /** A page that does not load may show another discussion, or have another reader; what changes together counts together. */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#near) return;
    if (name === 'sso') queueMicrotask(() => this.#isReady && this.#tellToken());
    else if (name === 'theme' || name === 'background') this.follow();
    else this.load(this.#token);
  }

  /** An empty one tells that nobody is signed in, no attribute tells nothing; each once, since a token counts once. */
  #tellToken(): void {
    const token = this.getAttribute('sso');
    if (token !== null && token !== this.#token) this.tell({ kind: 'sso', token });
    this.#token = token;
  }

  #wish(name: (typeof OPTIONS)[number]): string {
    return this.getAttribute(name) ?? '';
  }

  /** The theme in force, the attribute's or the host's own, and the background with it. */
  #look(): readonly [theme: keyof ThemePair, background: string] {
    const ground = groundBelow(this, this.#wish('background'));
    const wished = this.#wish('theme');
    const theme = wished === 'light' || wished === 'dark' ? wished : ground.isDark ? 'dark' : 'light';
    return [theme, backgroundOf(ground, theme)];
  }

  #address(): string {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
    const url = new URL(this.#wish('url') || canonical || location.href, location.href);
    url.hash = '';
    const query = new URLSearchParams({ url: url.href, site: self.origin });
    const title = (this.#wish('title') || document.title).trim();
    const lang = this.#wish('locale') || (this.closest('[lang]')?.getAttribute('lang') ?? '').split('-')[0] || '';
    if (title !== '') query.set('title', [...title].slice(0, 200).join(''));
    if (Object.hasOwn(COMMENTS, lang)) query.set('locale', lang);
    query.set('theme', this.#theme);
    // What lies below it shows through, which this script has looked at.
    query.set('background', 'transparent');
    const sort = this.#wish('sort');
    if (sort === 'newest' || sort === 'best') query.set('sort', sort);
    return `${forum}/embed?${query}`;
  }

  #open(): void {
    this.#near?.disconnect();
    const frame = document.createElement('iframe');
    this.#frame = frame;
    frame.style.cssText = 'border:0;display:block;width:100%;height:320px';
    this.#paint(frame);
    frame.src = this.#led = this.#address();
    frame.title = this.#wish('title') || document.title;
    frame.allow = 'clipboard-write';
    frame.addEventListener('load', () => {
      this.#isLed = false;
      if (!this.#isReady) this.#waitForAnswer();
      // Later pages in the frame are those that its reader chose.
      this.tell({ kind: 'hello', comment: this.#isReady ? null : location.hash });
      this.#tellToken();
      // Its address has the theme of the time when it was opened. Whoever hears it knows that no token comes any more.
      this.tell({ kind: 'theme', theme: this.#theme });
    });
    this.#waitForAnswer();
    this.append(frame);
  }

  #waitForAnswer(): void {
    this.#late ??= setTimeout(() => this.#fail(), ANSWER_WITHIN_MS);
  }

  tell(message: ToFrame): void {
    this.#frame?.contentWindow?.postMessage({ [MARK]: message }, forum);
  }

  follow(): void {
    const before = this.#theme;
    if (!this.#frame) return;
    this.#paint(this.#frame);
    if (before !== this.#theme) this.tell({ kind: 'theme', theme: this.#theme });
  }

  #paint({ style }: HTMLIFrameElement): void {
    const [theme, background] = this.#look();
    this.#theme = theme;
    style.colorScheme = theme;
    style.background = background;
  }

  isFrom(source: unknown): boolean {
    return this.#frame !== undefined && source === this.#frame.contentWindow;
  }

  hear(message: FromFrame): void {
    if (message.kind === 'height') this.#grow(message.height, message.count);
    else if (message.kind === 'comment') this.#dispatch('comment', { count: message.count });
    else if (message.kind === 'refused') this.#dispatch('error', { reason: message.reason });
    else if (this.#frame && Number.isFinite(message.top))
      scrollTo({ top: this.#frame.getBoundingClientRect().top + scrollY + message.top - 16 });
  }

  #grow(wished: number, count: number | null): void {
    if (!this.#frame || !Number.isFinite(wished)) return;
    this.#height = Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(wished)));
    if (this.#heights === 0) setTimeout(() => this.#fit(), 1000);
    if (this.#heights++ < MOST_HEIGHTS_A_SECOND) this.#fit(this.#heights);
    if (this.#isReady || this.#isLed) return;
    this.#isReady = true;
    this.#tellToken();
    clearTimeout(this.#late);
    if (count === null) this.#dispatch('error', { reason: 'refused' });
    else this.#dispatch('ready', { count });
  }

  /** The newest height counts; those that came too fast wait for the end of their second. */
  #fit(heights = 0): void {
    this.#heights = heights;
    if (this.#frame) this.#frame.style.height = `${this.#height}px`;
  }

  /** Where frames or scripts are blocked there is still the way to the forum. */
  #fail(): void {
    this.unload();
    const href = this.#led;
    const locale = /&locale=(..)/.exec(href)?.[1] ?? 'en';
    const textContent = `${COMMENTS[locale]} (${new URL(forum).host})`;
    const link = Object.assign(document.createElement('a'), { href, textContent });
    this.replaceChildren(link);
    this.#dispatch('error', {});
  }

  #dispatch(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`colloquy:${name}`, { bubbles: true, detail }));
  }
}

const all = (): NodeListOf<Discussion> => document.querySelectorAll<Discussion>(NAME);

/** A message counts when it comes from one of our frames and from the forum's own origin. */
addEventListener('message', ({ source, origin, data }: MessageEvent<Record<string, FromFrame> | null>) => {
  const message = origin === forum ? data?.[MARK] : undefined;
  if (message) for (const one of all()) if (one.isFrom(source)) one.hear(message);
});

const follow = (): void => {
  for (const one of all()) one.follow();
};
const looks = new MutationObserver(follow);
for (const element of [root, document.body]) {
  if (element) looks.observe(element, { attributeFilter: ['class', 'style', 'data-theme'] });
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow);
// A background that changes by and by has its last colour only then.
addEventListener('transitionend', ({ propertyName, target }) => {
  if (propertyName.startsWith('background') && target instanceof Element && target.querySelector(NAME)) follow();
});

/** For sites that change pages without loading: another discussion in the same place, or in another one. */
function load(options: Options = {}, place: Element | null = document.querySelector(NAME)): void {
  const there = place instanceof Discussion ? place : null;
  const element = there ?? document.createElement(NAME);
  // The discussion that goes hears nothing of what is for the next one.
  there?.load();
  for (const name of OPTIONS) {
    const value = options[name];
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  if (there) there.load();
  else place?.append(element);
}

function unload(): void {
  for (const one of all()) one.unload();
}

/** Fills every `[data-colloquy-count]` anew. */
function count(): void {
  document.head.append(Object.assign(document.createElement('script'), { async: true, src: `${forum}/counts.js` }));
}

/** Where the script stands, unless the page says where by an element. */
function begin(): void {
  if (document.querySelector(NAME) || !script?.closest('body')) return;
  const element = document.createElement(NAME);
  for (const name of OPTIONS) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  script.after(element);
}

if (!customElements.get(NAME)) {
  customElements.define(NAME, Discussion);
  Object.assign(window, { colloquy: { load, unload, count } });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
