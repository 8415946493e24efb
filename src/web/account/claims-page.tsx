import { IMPORT_NAMES } from '../../../libs/words/index.ts';
import type { Offer } from '../../acts/claiming-comments.ts';
import { memberHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { Written } from './member-page.tsx';

/** The names of the systems that imports bring comments from. */
const SOURCES: Readonly<Record<string, string>> = IMPORT_NAMES;

interface ClaimsPageProps {
  readonly frame: Frame;
  readonly offer: Offer;
  readonly done: DoneAct | null;
}

/** What was written with the member's address before the account was there, and the one button. */
export function ClaimsPage({ frame, offer, done }: ClaimsPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('claims.title')} styles={['account.css']}>
      <div class="narrow">
        <h1>{t('claims.title')}</h1>
        <p class="lead">{t('claims.lead')}</p>
        <Done done={done} translator={translator} />
        {offer.counts.length === 0 ? (
          <NothingOffered frame={frame} offer={offer} done={done} />
        ) : (
          <FormFrame
            action="/settings/comments"
            translator={translator}
            errors={{}}
            buttons={<Submit label={t('claims.submit')} />}
          >
            <div>
              {offer.counts.map(({ source, count }) => (
                <p key={source ?? ''}>
                  {source === null
                    ? t('claims.guest', { count })
                    : t('claims.from', { count, source: SOURCES[source] ?? source })}
                </p>
              ))}
            </div>
            <Some frame={frame} offer={offer} />
            <p>{t('claims.press')}</p>
          </FormFrame>
        )}
        <p class="aside">
          <a href="/settings">{t('nav.settings')}</a>
        </p>
      </div>
    </Document>
  );
}

/** Some of them with their names and places, so that whoever wrote them knows them again before the press. */
function Some({ frame, offer: { some } }: Pick<ClaimsPageProps, 'frame' | 'offer'>) {
  const { t } = frame.translator;
  if (some.length === 0) return null;
  const names = new Set(some.flatMap(({ comment: { author } }) => (author === null ? [] : [author.displayName])));
  return (
    <div>
      <p>
        {t('claims.names')}{' '}
        {[...names].map((name, at) => (
          <>
            {at > 0 && ' · '}
            <bdi key={name}>{name}</bdi>
          </>
        ))}
      </p>
      <p>{t('claims.some')}</p>
      <ol class="written">
        {some.map(({ comment, post }) => (
          <Written key={comment.id} comment={comment} post={post} frame={frame} />
        ))}
      </ol>
    </div>
  );
}

/** After the press the way to the own page; before it, why nothing was found. */
function NothingOffered({ frame, offer, done }: ClaimsPageProps) {
  const { t } = frame.translator;
  if (done === 'claimed' && frame.member !== null) {
    return (
      <p>
        <a href={memberHref(frame.member)}>{t('claims.own')}</a>
      </p>
    );
  }
  if (offer.isConfirmed) return <p class="hint">{t('claims.none')}</p>;
  return (
    <p class="hint">
      {t('claims.unconfirmed')} <a href="/settings">{t('nav.settings')}</a>
    </p>
  );
}
