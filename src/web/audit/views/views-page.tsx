import type { ScratchArea, VerifiedView } from '../../../../libs/client/audit-shapes.ts';
import type { FailedVerification, ReplayClock, Underway } from '../../../acts/auditing/replaying.ts';
import { Done, type DoneAct, DoneText } from '../../shell/done.tsx';
import { type FieldErrors, TextField } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { RefusableFields } from '../../shell/refusable-fields.tsx';
import { TABLE_ROLES } from '../../shell/table-head.tsx';
import { ViewWords } from '../../shell/view-words.tsx';
import { AuditPage } from '../audit-page.tsx';
import { logTime } from '../event-table.tsx';
import { ShortId } from '../short-id.tsx';

export interface ViewsProps {
  readonly frame: Frame;
  readonly views: readonly { readonly name: string; readonly version: number; readonly position: string }[];
  readonly verified: readonly VerifiedView[];
  readonly failed: readonly FailedVerification[];
  readonly underway: Underway | null;
  readonly scratches: readonly ScratchArea[];
  /** The text typed into the form of a replay, and its clock. */
  readonly typed: string;
  readonly by: ReplayClock;
  readonly errors: FieldErrors;
  readonly done: DoneAct | null;
}

/** The result of a verification, in words. */
function Found({ found, frame }: { found: VerifiedView | undefined; frame: Frame }) {
  const { t, number } = frame.translator;
  if (!found) return <span class="hint">–</span>;
  const { position, equal, difference, milliseconds, rebuilt, at } = found;
  const key = Object.entries(difference?.key ?? {}).map(([column, value]) => `${column} ${value}`);
  return (
    <>
      <p class={equal ? 'equal' : 'differs'}>
        {equal
          ? t('audit.equal', { position })
          : t('audit.differs', { position, table: difference?.table ?? '', key: key.join(', ') })}
      </p>
      <p class="hint">
        {logTime(at)} · {number(milliseconds)} ms · <ShortId id={rebuilt} />
      </p>
    </>
  );
}

/** The reason why the last verification gave no answer. */
function Failed({ failed, frame }: { failed: FailedVerification | undefined; frame: Frame }) {
  if (!failed) return null;
  const { at, reason } = failed;
  return <p class="differs">{frame.translator.t('audit.notVerified', { at: logTime(at), reason })}</p>;
}

function Underways({ underway, frame }: { underway: Underway | null; frame: Frame }) {
  const { t } = frame.translator;
  if (underway === null) return null;
  const { subject, progress } = underway;
  const [position, until] = [progress?.position ?? '0', progress?.until ?? '…'];
  const share =
    progress && BigInt(progress.until) > 0n ? Number((BigInt(position) * 100n) / BigInt(progress.until)) : 0;
  return (
    <div class="notice" role="status" data-underway>
      <p>{t('audit.underway', { subject, position, until })}</p>
      <progress max="100" value={share} aria-label={t('audit.underway', { subject, position, until })} />
      <noscript>
        <p>
          <a href="/audit/views">{t('audit.reload')}</a>
        </p>
      </noscript>
    </div>
  );
}

function VerifyAll({ frame, underway }: ViewsProps) {
  return (
    <PostForm action="/audit/views/verifications">
      <button class="button" type="submit" disabled={underway !== null}>
        {frame.translator.t('audit.verifyAll')}
      </button>
    </PostForm>
  );
}

function Views({ frame, views, verified, failed, underway }: ViewsProps) {
  const { t } = frame.translator;
  return (
    <table {...TABLE_ROLES.table} class="dense log views">
      <thead {...TABLE_ROLES.rows}>
        <tr {...TABLE_ROLES.row}>
          <th scope="col" {...TABLE_ROLES.columnHead}>
            {t('audit.view')}
          </th>
          <th scope="col" {...TABLE_ROLES.columnHead}>
            {t('audit.version')}
          </th>
          <th scope="col" {...TABLE_ROLES.columnHead}>
            {t('audit.position')}
          </th>
          <th scope="col" {...TABLE_ROLES.columnHead}>
            {t('audit.found')}
          </th>
          <td {...TABLE_ROLES.cell} />
        </tr>
      </thead>
      <tbody {...TABLE_ROLES.rows}>
        {views.map(({ name, version, position }) => (
          <tr {...TABLE_ROLES.row} key={name}>
            <th scope="row" {...TABLE_ROLES.rowHead}>
              {name}
            </th>
            <td {...TABLE_ROLES.cell} data-label={t('audit.version')}>
              {version}
            </td>
            <td {...TABLE_ROLES.cell} class="number" data-label={t('audit.position')}>
              {position}
            </td>
            <td {...TABLE_ROLES.cell}>
              <ViewWords name={name} translator={frame.translator} />
              <Failed failed={failed.find((one) => one.name === name)} frame={frame} />
              <Found found={verified.find((one) => one.name === name)} frame={frame} />
            </td>
            <td {...TABLE_ROLES.cell}>
              <PostForm action={`/audit/views/${name}/verifications`}>
                <button
                  class="button quiet"
                  type="submit"
                  disabled={underway !== null}
                  aria-label={`${t('audit.verifyView')}: ${name}`}
                >
                  {t('audit.verifyView')}
                </button>
              </PostForm>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The clock by which a time is read; a position needs none. */
function Clocks({ frame, by }: Pick<ViewsProps, 'frame' | 'by'>) {
  const { t } = frame.translator;
  const clock = (value: ReplayClock, label: MessageKey, hint: MessageKey) => (
    <div>
      <label class="radio">
        <input type="radio" name="by" value={value} checked={value === by} aria-describedby={`by-${value}`} />
        {t(label)}
      </label>
      <p class="hint" id={`by-${value}`}>
        {t(hint)}
      </p>
    </div>
  );
  return (
    <fieldset class="clocks">
      <legend>{t('audit.clock')}</legend>
      {clock('happened', 'audit.byHappened', 'audit.byHappenedHint')}
      {clock('recorded', 'audit.byRecorded', 'audit.byRecordedHint')}
    </fieldset>
  );
}

function Scratch({ frame, scratches, typed, by, errors, underway }: ViewsProps) {
  const { t } = frame.translator;
  return (
    <section aria-labelledby="scratch">
      <h2 id="scratch">{t('audit.scratchTitle')}</h2>
      <p class="hint">{t('audit.scratchIntro')}</p>
      <PostForm class="replay" action="/audit/scratch">
        <RefusableFields errors={errors} translator={frame.translator}>
          <TextField name="until" label={t('audit.until')} hint={t('audit.untilHint')} value={typed} errors={errors} />
        </RefusableFields>
        <Clocks frame={frame} by={by} />
        <button class="button quiet" type="submit" disabled={underway !== null}>
          {t('audit.replay')}
        </button>
      </PostForm>
      <ul class="lines">
        {scratches.map(({ id, position, at, by: held }) => (
          <li key={id}>
            <a href={`/audit/scratch/${id}`}>
              {held === 'happened' ? t('audit.scratchHappened') : t('audit.scratchAt', { position })}
            </a>{' '}
            <span class="hint">{at === null ? '' : logTime(at)}</span>
            <PostForm class="inline" action={`/audit/scratch/${id}/drop`}>
              <button class="button quiet" type="submit">
                {t('audit.drop')}
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The views with the results of their verifications, and the forum as it stood at some moment. */
export function ViewsPage(props: ViewsProps) {
  const { frame, underway, done } = props;
  const { t } = frame.translator;
  return (
    <AuditPage frame={frame} title={t('audit.views')} scripts={['audit.js']}>
      <h1>{t('audit.views')}</h1>
      <p class="hint">{t('audit.viewsIntro')}</p>
      {done === 'begun' ? (
        <DoneText id="replays-say" text={t('done.begun')} later={t('done.finished')} />
      ) : (
        <Done done={done} translator={frame.translator} />
      )}
      <div id="replays">
        <Underways underway={underway} frame={frame} />
        <VerifyAll {...props} />
        <Views {...props} />
        <Scratch {...props} />
      </div>
    </AuditPage>
  );
}
