import type { Frame } from '../shell/frame.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { TimeAgo } from '../shell/time-ago.tsx';
import type { News } from './news.ts';
import { Changes } from './past/changes.tsx';

/** As many as are counted: there may be more. */
const MOST_UNREAD = 50;

/** How much is new, and the way to the first of it; with a program each press leads to the next. */
function Unread({ unread, linkTo, t }: Pick<News, 'unread' | 'linkTo'> & Pick<Translator, 't'>) {
  const [first] = unread;
  if (first === undefined) return null;
  const count = unread.length;
  return (
    <p class="unread-line">
      <span>{count < MOST_UNREAD ? t('unread.count', { count }) : t('unread.many', { count })}</span>{' '}
      <a class="button quiet" {...linkTo(first)} data-next-unread>
        {t('unread.next')}
      </a>
    </p>
  );
}

/** What is new to a member since the last visit. */
export function SinceVisit({ changes, visited, unread, linkTo, frame }: News & { readonly frame: Frame }) {
  const { translator, now } = frame;
  return (
    <>
      <Unread unread={unread} linkTo={linkTo} t={translator.t} />
      {changes && <Changes {...changes} />}
      {visited && (
        <p class="changes">
          <a href={visited.href}>
            {translator.t('changes.visit')} <TimeAgo at={visited.at} translator={translator} now={now} />
          </a>
        </p>
      )}
    </>
  );
}
