import type { IssueProgress, Post } from '../../../libs/client/index.ts';
import type { IssueAct } from '../../../libs/words/index.ts';
import type { UnsendableQuote } from '../../views/thread/thread.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

/** What became of a press: a test is on its way, or nothing changed, since somebody was faster. Null for what the progress tells. */
export type ToldOfAct = 'tested' | 'already' | null;

interface IssuePageProps {
  readonly frame: Frame;
  readonly post: Pick<Post, 'slug' | 'title'>;
  readonly progress: IssueProgress;
  /** Those that may not be sent. */
  readonly quotes: readonly UnsendableQuote[];
  readonly told: ToldOfAct;
  /** Who looks, where its address is not confirmed: no test goes there. */
  readonly unconfirmed: { readonly email: string | null } | null;
}

interface Translated {
  readonly translator: Translator;
}

/** The characters of a quote that are shown. */
const MOST_HEAD = 100;

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
    <Document frame={frame} title={t('issue.title')}>
      <div class="narrow">
        <h1>{t('issue.title')}</h1>
        <p class="post-meta">
          <a href={postHref(post)} dir="auto">
            {post.title}
          </a>
        </p>
        {told !== null && <DoneText text={t(`issue.${told}`)} />}
        <Progress progress={progress} translator={translator} />
        {quotes.length > 0 && SENDABLE.includes(progress.state) && <Unsendable {...{ quotes, post, translator }} />}
        {unconfirmed !== null && progress.state === 'unsent' && <NoTest {...unconfirmed} translator={translator} />}
        {buttons.length > 0 && (
          <FormFrame
            action={path}
            translator={translator}
            buttons={buttons.map(([act, label]) => (
              <button key={act} class={act === 'send' ? 'button' : 'button quiet'} type="submit" name="do" value={act}>
                {t(label)}
              </button>
            ))}
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

/** The quotes that stand in the way, each with its reason and the place of its comment. */
function Unsendable({ quotes, post, translator: { t } }: Pick<IssuePageProps, 'quotes' | 'post'> & Translated) {
  return (
    <div class="notice">
      <p>
        {t('issue.quotes')} <a href={`${postHref(post)}/edit`}>{t('issue.edit')}</a>
      </p>
      {quotes.map(({ from, links, said, why }) => (
        <p key={from}>
          {t(WHY[why])}{' '}
          <a href={links[0] ?? ''} dir="auto">
            {headIn(said) || links[0]}
          </a>
        </p>
      ))}
    </div>
  );
}

/** The first words of a quote, so that it is found in the text. */
function headIn(said: readonly string[]): string {
  const words = said.join(' ').trim();
  return words.length > MOST_HEAD ? `${words.slice(0, MOST_HEAD).toWellFormed()}…` : words;
}

/** Why there is no test, and where the address is confirmed. */
function NoTest({ email, translator: { t } }: { email: string | null; translator: Translator }) {
  return (
    <p class="notice">
      {email === null ? t('settings.noEmail') : t('settings.emailOpen', { email })}{' '}
      <a href="/settings">{t('settings.title')}</a>
    </p>
  );
}

function Progress({ progress, translator: { t } }: { progress: IssueProgress; translator: Translator }) {
  const { state, readers, sent, unsent, bounced, refused, complained, left } = progress;
  const words = t(`issue.${state}`, { count: readers, sent, unsent });
  if (state === 'unsent') return <p>{words}</p>;
  return (
    <p>
      <progress max={Math.max(readers, 1)} value={sent + unsent} aria-label={t('issue.title')} />
      <br />
      {words}
      {bounced + refused + complained + left > 0 && (
        <>
          <br />
          {t('issue.returns', { bounced, refused, complained, left })}
        </>
      )}
    </p>
  );
}
