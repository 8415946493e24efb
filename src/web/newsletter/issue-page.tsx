import type { Post } from '../../../libs/client/index.ts';
import type { IssueAct } from '../../acts/sending-issues.ts';
import type { IssueProgress } from '../../views/publishing/publishing.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

interface IssuePageProps {
  readonly frame: Frame;
  readonly post: Pick<Post, 'slug' | 'title'>;
  readonly progress: IssueProgress;
  readonly tested: boolean;
  /** Who looks, where its address is not confirmed: no test goes there. */
  readonly unconfirmed: { readonly email: string | null } | null;
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
export function IssuePage({ frame, post, progress, tested, unconfirmed }: IssuePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const path = `${postHref(post)}/issue`;
  const buttons = BUTTONS[progress.state].filter(([act]) => act !== 'test' || unconfirmed === null);
  return (
    <Document frame={frame} title={t('issue.title')}>
      <div class="narrow">
        <h1>{t('issue.title')}</h1>
        <p class="post-meta">
          <a href={postHref(post)} dir="auto">
            {post.title}
          </a>
        </p>
        {tested && <DoneText text={t('issue.tested')} />}
        <Progress progress={progress} translator={translator} />
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
