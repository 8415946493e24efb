import type { OwnSession, Page } from '../../../libs/client/index.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { date, exactTime } from '../shell/i18n/moments.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';

interface DevicesPageProps {
  readonly frame: Frame;
  readonly sessions: Page<OwnSession>;
  readonly done: DoneAct | null;
}

function Device({ session, frame }: { session: OwnSession; frame: Frame }) {
  const { id, current, way, usedRecoveryCode = false, openedAt, lastSeenOn } = session;
  const { translator } = frame;
  const { t } = translator;
  const device = session.device ?? t('devices.unknown');
  return (
    <li class="entry">
      <div>
        <h2>
          <bdi>{device}</bdi> {current && <span class="badge">{t('devices.current')}</span>}
        </h2>
        <p class="hint" id={`device-${id}`}>
          {way !== null && <>{t(`devices.way.${way}`)} · </>}
          {usedRecoveryCode && <>{t('devices.recovered')} · </>}
          {t('devices.signedIn')} <TimeAgo at={openedAt} translator={translator} now={frame.now} /> (
          {exactTime(openedAt, { translator, isLocal: false })})
          {lastSeenOn !== null && (
            <> · {t('devices.seen', { day: date(`${lastSeenOn}T00:00:00.000Z`, { translator, isLocal: false }) })}</>
          )}
        </p>
      </div>
      {!current && (
        <PostForm action={`/settings/devices/${id}/end`}>
          <button
            class="button quiet"
            type="submit"
            aria-label={`${t('nav.signOut')}: ${device}`}
            aria-describedby={`device-${id}`}
          >
            {t('nav.signOut')}
          </button>
        </PostForm>
      )}
    </li>
  );
}

/** Where the member is signed in. */
export function DevicesPage({ frame, sessions: { items, next }, done }: DevicesPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('devices.title')} styles={['account.css']}>
      <h1>{t('devices.title')}</h1>
      <p class="lead">{t('devices.lead')}</p>
      <Done done={done} translator={translator} />
      <ul class="entries">
        {items.map((session) => (
          <Device key={session.id} session={session} frame={frame} />
        ))}
      </ul>
      {next !== null && (
        <p>
          <a href={`/settings/devices?cursor=${encodeURIComponent(next)}`}>{t('devices.older')}</a>
        </p>
      )}
      {items.length > 1 && (
        <FormFrame
          action="/settings/devices/others/end"
          translator={translator}
          buttons={<Submit label={t('devices.endOthers')} />}
        >
          {null}
        </FormFrame>
      )}
      <p class="aside links">
        <a href="/sign-out">{t('signOut.shared')}</a>
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </Document>
  );
}
