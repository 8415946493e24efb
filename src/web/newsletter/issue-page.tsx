import type { IssueProgress, Post } from '../../../libs/client/index.ts';
import type { IssueAct } from '../../../libs/words/index.ts';
import type { UnsendableQuote } from '../../views/thread/thread.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';
import { quoteHead } from '../shell/quote-head.ts';
import { IssueProgressPart } from './issue-progress.tsx';

/** What became of a press: a test is on its way, or nothing changed, since somebody was faster. Null for what the progress tells. */
export type ToldOfAct = 'tested' | 'already' | null;

interface IssuePageProps {
  readonly frame: Frame;
  readonly post: Pick<Post, 'slug' | 'title'>;
  readonly progress: IssueProgress;
  /** Those that may not be sent, and should not be read any more. */
  readonly quotes: readonly UnsendableQuote[];
  readonly told: ToldOfAct;
  /** Who looks, where its address is not confirmed: no test goes there. */
  readonly unconfirmed: { readonly email: string | null } | null;
}

interface Translated {
  readonly translator: Translator;
}

/** The buttons of each state, the first as the main one. */
const BUTTONS: Readonly<Record<IssueProgress['state'], readonly (readonly [IssueAct, MessageKey])[]>> = {
  unsent: [
    ['test', 'issue.doTest'],
    ['send', 'issue.send'],
  ],
  sending: [['stop', 'issue.stop']],
  stopped: [['resume', 'issue.resume']],
  finished: [],
};

/** Sends an issue of the newsletter, and tells how far that is. */
export function IssuePage({ frame, post, progress, quotes, told, unconfirmed }: IssuePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const path = `${postHref(post)}/issue`;
  const mayGo = !SENDABLE.includes(progress.state) || quotes.length === 0;
  const buttons = mayGo ? BUTTONS[progress.state].filter(([act]) => act !== 'test' || unconfirmed === null) : [];
  return (
    <Document frame={frame} title={t('issue.title')} scripts={progress.state === 'sending' ? ['underway.js'] : []}>
      <div class="narrow">
        <h1>{t('issue.title')}</h1>
        <p class="post-meta">
          <a href={postHref(post)} dir="auto">
            {post.title}
          </a>
        </p>
        {told !== null && <DoneText text={t(`issue.${told}`)} />}
        <IssueProgressPart progress={progress} translator={translator} />
        {quotes.length > 0 && (
          <ToTakeOut {...{ quotes, post, translator }} isSendable={SENDABLE.includes(progress.state)} />
        )}
        {unconfirmed !== null && progress.state === 'unsent' && <NoTest {...unconfirmed} translator={translator} />}
        <div id="issue-acts" data-renewed="">
          {buttons.length > 0 && (
            <FormFrame
              action={path}
              translator={translator}
              buttons={buttons.map(([act, label]) =>
                act === 'send' ? (
                  <a key={act} class="button" href={`${path}?send=1`}>
                    {t(label)}
                  </a>
                ) : (
                  <button key={act} class="button quiet" type="submit" name="do" value={act}>
                    {t(label)}
                  </button>
                ),
              )}
            >
              {null}
            </FormFrame>
          )}
          {progress.state !== 'unsent' && progress.state !== 'finished' && (
            <p class="aside">
              <a href={path}>{t('issue.look')}</a>
            </p>
          )}
        </div>
      </div>
    </Document>
  );
}

/** The states in which an issue can be sent, or sent on. */
const SENDABLE: readonly IssueProgress['state'][] = ['unsent', 'stopped'];

const WHY: Readonly<Record<UnsendableQuote['why'], MessageKey>> = {
  gone: 'issue.quoteGone',
  'not-allowed': 'issue.quoteNotAllowed',
  changed: 'issue.quoteChanged',
};

/** The quotes that stand in the way or should not be read any more, each with its reason and the place of its comment. */
function ToTakeOut({
  quotes,
  post,
  translator: { t },
  isSendable,
}: Pick<IssuePageProps, 'quotes' | 'post'> & Translated & { readonly isSendable: boolean }) {
  return (
    <div class="notice">
      <p>
        {t(isSendable ? 'issue.quotes' : 'issue.quotesOut')} <a href={`${postHref(post)}/edit`}>{t('issue.edit')}</a>
      </p>
      {quotes.map((quote) => (
        <p key={quote.from}>
          {t(WHY[quote.why])}{' '}
          <a href={quote.links[0] ?? ''} dir="auto">
            {quoteHead(quote)}
          </a>
        </p>
      ))}
    </div>
  );
}

/** Why there is no test, and where the address is confirmed. */
function NoTest({ email, translator: { t } }: { email: string | null; translator: Translator }) {
  return (
    <p class="notice">
      {email === null ? t('settings.noEmail') : t('issue.untested', { email })}{' '}
      <a href="/settings">{t('settings.title')}</a>
    </p>
  );
}
