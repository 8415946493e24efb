import type { PushDevice, PushDevices } from '../../../libs/client/index.ts';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';

/** The devices that are told by push, and the button for this one, which only a program can press. */
export function PushSection({ push: { publicKey, devices }, frame }: { push: PushDevices; frame: Frame }) {
  const { t } = frame.translator;
  const isHere = devices.some(({ current }) => current);
  return (
    <section class="part" aria-labelledby="push-title">
      <h2 id="push-title">{t('push.title')}</h2>
      <p>{t(devices.length === 0 ? 'push.none' : 'push.lead')}</p>
      {devices.length > 0 && (
        <ul class="entries">
          {devices.map((device) => (
            <Device key={device.id} device={device} frame={frame} />
          ))}
        </ul>
      )}
      <div
        data-push-key={publicKey}
        data-as={frame.member?.id}
        data-push-here={isHere ? '' : undefined}
        data-unsupported={t('push.unsupported')}
        data-denied={t('push.denied')}
        data-failed={t('push.failed')}
      >
        <p hidden>
          <button class="button quiet" type="button">
            {t(isHere ? 'push.again' : 'push.add')}
          </button>
        </p>
        <p role="status" hidden />
        <p class="hint" data-without-program>
          {t('push.needsScript')}
        </p>
      </div>
    </section>
  );
}

function Device({ device: { id, device, addedAt, current }, frame }: { device: PushDevice; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const name = device ?? t('devices.unknown');
  return (
    <li class="entry">
      <div>
        <h3>
          <bdi>{name}</bdi> {current && <span class="badge">{t('devices.current')}</span>}
        </h3>
        <p class="hint" id={`push-${id}`}>
          {t('push.since')} <TimeAgo at={addedAt} translator={translator} now={frame.now} />
        </p>
      </div>
      <PostForm action={`/settings/notifications/devices/${id}/remove`}>
        <button
          class="button quiet"
          type="submit"
          aria-label={`${t('push.remove')}: ${name}`}
          aria-describedby={`push-${id}`}
        >
          {t('push.remove')}
        </button>
      </PostForm>
    </li>
  );
}
