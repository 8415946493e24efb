import type { NotificationPreferences, PushDevices } from '../../../libs/client/index.ts';
import {
  MAIL_WAYS,
  mailWayOf,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type NotificationWays,
} from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import { type Frame, mayModerate } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';
import { ZoneField } from '../shell/zone-field.tsx';
import { zoneLabel } from '../shell/zones.ts';
import { PushSection } from './push-section.tsx';

interface NotificationSettingsProps {
  readonly frame: Frame;
  readonly chosen: NotificationPreferences;
  readonly push: PushDevices;
  /** Whether the forum keeps where the member stopped reading. */
  readonly keepsVisits: boolean;
  readonly errors: FieldErrors;
  readonly done: DoneAct | null;
}

/** One kind: whether the inbox tells of it, by which of the mails, and whether by push. */
function Kind({ kind, ways, frame }: { kind: NotificationKind; ways: NotificationWays; frame: Frame }) {
  const { t } = frame.translator;
  const chosen = mailWayOf(ways, kind);
  const mail = (way: (typeof MAIL_WAYS)[number] | null) => (
    <label key={way} class="radio">
      <input type="radio" name={`${kind}.mails`} value={way ?? ''} checked={way === chosen} />
      {t(way === null ? 'ways.noMail' : `ways.way.${way}`)}
    </label>
  );
  return (
    <fieldset class="told-kind">
      <legend>{t(`ways.kind.${kind}`)}</legend>
      <label class="radio">
        <input type="checkbox" name={`${kind}.inbox`} value="1" checked={ways[kind].includes('inbox')} />
        {t('ways.way.inbox')}
      </label>
      <span class="told-mails">{[null, ...MAIL_WAYS].map(mail)}</span>
      <label class="radio">
        <input type="checkbox" name={`${kind}.push`} value="1" checked={ways[kind].includes('push')} />
        {t('ways.way.push')}
      </label>
    </fieldset>
  );
}

/** What the member wants to be told of, kind by kind, and when not. */
export function NotificationSettingsPage(props: NotificationSettingsProps) {
  const { frame, chosen, push, keepsVisits, errors, done } = props;
  const { translator, member, site } = frame;
  const { t } = translator;
  const { ways, followOwn, quietHours, timeZone } = chosen;
  const kinds = NOTIFICATION_KINDS.filter((kind) => kind !== 'queue' || mayModerate(member));
  const { quietHours: wrongHours, ...others } = errors;
  // The one that is missing, where only the other is given.
  const wrongTime = quietHours?.to === '' && quietHours.from !== '' ? 'to' : 'from';
  const marked = { ...others, ...(wrongHours && { [wrongTime]: wrongHours }) };
  const zoneErrors = errors['timeZone'] === undefined ? {} : { zone: errors['timeZone'] };
  return (
    <Document frame={frame} title={t('ways.told')} styles={['account.css']} scripts={['zone.js', 'push.js']}>
      <h1>{t('ways.told')}</h1>
      <p class="lead">{t('ways.lead')}</p>
      <Done done={done} translator={translator} />
      <FormFrame
        action="/settings/notifications"
        translator={translator}
        errors={{ ...marked, ...zoneErrors }}
        buttons={<Submit label={t('ways.save')} />}
      >
        {kinds.map((kind) => (
          <Kind key={kind} kind={kind} ways={ways} frame={frame} />
        ))}
        <label class="radio">
          <input type="checkbox" name="followOwn" value="1" checked={followOwn} />
          {t('ways.followOwn')}
        </label>
        <fieldset class="quiet-hours">
          <legend>{t('ways.quiet')}</legend>
          <TextField
            name="from"
            type="time"
            label={t('ways.from')}
            value={quietHours?.from ?? ''}
            errors={marked}
            hint={t('ways.timeHint')}
            required={false}
          />
          <TextField
            name="to"
            type="time"
            label={t('ways.to')}
            value={quietHours?.to ?? ''}
            errors={marked}
            required={false}
          />
        </fieldset>
        <ZoneField
          frame={frame}
          name="zone"
          label={t('ways.zone')}
          hint={t('ways.zoneHint')}
          chosen={timeZone ?? ''}
          none={t('ways.zoneOfSite', { zone: zoneLabel(site.timeZone, frame.now) })}
          takesOwn={timeZone === null && quietHours === null}
          errors={zoneErrors}
        />
      </FormFrame>
      <PushSection push={push} frame={frame} />
      <section class="part" aria-labelledby="visits-title">
        <h2 id="visits-title">{t('visits.title')}</h2>
        <p>{t(keepsVisits ? 'visits.on' : 'visits.off')}</p>
        <PostForm action="/settings/notifications/visits">
          <button class="button quiet" type="submit" name="kept" value={keepsVisits ? '0' : '1'}>
            {t(keepsVisits ? 'visits.turnOff' : 'visits.turnOn')}
          </button>
        </PostForm>
      </section>
      <p class="aside links">
        <a href="/settings/attention">{t('attention.title')}</a>
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </Document>
  );
}
