import { render } from 'preact';
import type { QueueChange } from '../../../../../libs/client/live-messages.ts';
import type { Claim } from '../../../../../libs/client/moderation-shapes.ts';
import { decisionText } from '../../decision/decision-text.ts';
import { claimText } from '../../decision/queue-words.ts';
import { caseOnPage } from './live-page.ts';
import type { LiveWords } from './live-words.ts';

/** The open case: news of it stands above the buttons, and moves nothing. */
export class LiveCase {
  readonly #words: LiveWords;

  constructor(words: LiveWords) {
    this.#words = words;
  }

  /** The comment whose case is visible: a phone shows the list alone first. */
  inSight(): string | null {
    const isSeen = document.getElementById('case-title')?.checkVisibility() ?? false;
    return isSeen ? this.open() : null;
  }

  open(): string | null {
    return caseOnPage()?.dataset['case'] ?? null;
  }

  /** Takes changes; true when another moderator has released the case, so that it can be claimed. */
  take(changes: readonly QueueChange[]): boolean {
    const change = changes.find(({ commentId }) => commentId === this.open());
    if (change === undefined) return false;
    this.#tellChange(change);
    this.showClaim(change.claim);
    return change.claim === null;
  }

  showClaim(claim: Claim | null): void {
    const place = caseOnPage()?.querySelector('[data-claim]');
    if (place) place.textContent = claimText({ claim }, this.#words) ?? '';
  }

  #tellChange({ commentId, list, item, decision }: QueueChange): void {
    const shown = caseOnPage()?.dataset;
    if (!shown) return;
    const now = {
      list: list ?? '',
      revision: String(item?.comment.revision ?? shown['revision']),
      reports: String(item?.reports.length ?? shown['reports']),
      decision: decision?.id ?? '',
    };
    const isRuled = now.decision !== shown['decision'];
    const isChanged = (['list', 'revision', 'reports'] as const).some((name) => now[name] !== shown[name]);
    Object.assign(shown, now);
    if (!isRuled && !isChanged) return;
    const text = isRuled && decision ? decisionText(decision, this.#words) : this.#words.translator.t('queue.changed');
    this.tell(text, `/moderation/cases/${commentId}?${new URLSearchParams({ list: this.#listOnPage() })}`);
  }

  #listOnPage(): string {
    return document.getElementById('queue')?.dataset['list'] ?? 'reported';
  }

  /** Shown at the place where a deciding moderator looks. */
  tell(text: string, href: string | null): void {
    const above = caseOnPage()?.querySelector('.decide .buttons') ?? caseOnPage();
    if (!above) return;
    const news = above.querySelector(':scope > .case-news') ?? document.createElement('div');
    news.className = 'case-news';
    news.setAttribute('role', 'alert');
    above.append(news);
    render(
      <p>
        {text} {href !== null && <a href={href}>{this.#words.translator.t('queue.showNow')}</a>}
      </p>,
      news,
    );
  }
}
