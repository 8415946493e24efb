import { type ImportJob, isImportOver, isUnderWay } from '../../../acts/importing/import-job.ts';
import type { OfferedFile } from '../../../acts/importing/imports-folder.ts';
import { DoneText } from '../../shell/done.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { FormFrame } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { AdminPage } from '../admin-frame.tsx';
import { ChoiceFields } from './choice-fields.tsx';
import type { ReadChoices } from './import-choices.ts';
import { IMPORT_PATH } from './import-page.tsx';
import { comesToNothing, importedSoFar, percentOf, systemOf } from './job-words.ts';
import { type FirstPost, SaidAt, ToldPart } from './told-part.tsx';

export const IMPORT_ACTS = ['bring', 'stop', 'look', 'cancel'] as const;
export type ImportAct = (typeof IMPORT_ACTS)[number];

export interface JobPageProps {
  readonly frame: Frame;
  readonly job: ImportJob;
  readonly first: readonly FirstPost[];
  /** The origins of other sites that the settings name. */
  readonly named: readonly string[];
  readonly offered: readonly OfferedFile[];
  readonly errors: FieldErrors;
  /** What was chosen for another look and refused. */
  readonly refused?: Pick<ReadChoices, 'choices' | 'sitesTyped'> | undefined;
  /** Whether a press came too late: the page tells how it is by now. */
  readonly isLate: boolean;
}

/** The buttons of each state besides that of the form, the first as the main one. */
const BUTTONS: Readonly<Record<ImportJob['state'], readonly (readonly [ImportAct, MessageKey])[]>> = {
  looking: [
    ['stop', 'import.stop'],
    ['cancel', 'import.cancel'],
  ],
  looked: [
    ['bring', 'import.bring'],
    ['cancel', 'import.cancel'],
  ],
  bringing: [['stop', 'import.stop']],
  stopped: [
    ['bring', 'import.resume'],
    ['cancel', 'import.cancel'],
  ],
  unknown: [['cancel', 'import.cancel']],
  done: [['cancel', 'import.forget']],
  cancelled: [['cancel', 'import.forget']],
};

/** What can be done about it; nothing can be brought of a file that has nothing. */
export function buttonsOf(job: ImportJob): readonly (readonly [ImportAct, MessageKey])[] {
  const buttons = BUTTONS[job.state];
  return comesToNothing(job) ? buttons.filter(([act]) => act !== 'bring') : buttons;
}

/** One import: how far it is, what would come or has come, and what can be done about it. */
export function JobPage(props: JobPageProps) {
  const { frame, job, isLate } = props;
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('admin.import')} scripts={isUnderWay(job) ? ['underway.js'] : []}>
      <h1 dir="auto">{job.name}</h1>
      {isLate && <DoneText text={t('import.late')} />}
      <ProgressPart {...props} />
      <div id="import-acts" data-renewed="">
        <Acts {...props} />
      </div>
      <div id="import-told" data-renewed="">
        {job.told !== null && (
          <ToldPart frame={frame} id={job.id} told={job.told} first={props.first} named={props.named} />
        )}
      </div>
      <div id="import-again" data-renewed="">
        {!isUnderWay(job) && !isImportOver(job) && !job.hasBrought && <AgainForm {...props} />}
      </div>
      <p class="aside">
        <a href={IMPORT_PATH}>{t('import.all')}</a>
      </p>
    </AdminPage>
  );
}

function ProgressPart({ frame, job }: JobPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const isShown = isUnderWay(job) || job.state === 'stopped';
  return (
    <div id="import-progress" role="status" data-renewed="" data-underway={isUnderWay(job) ? '' : undefined}>
      <p>
        {job.choices.source === null
          ? `${t('import.source')}: ${systemOf(job, translator)}`
          : systemOf(job, translator)}
      </p>
      {isShown && <progress max={100} value={percentOf(job)} aria-label={t('import.far')} />}
      <p>{importedSoFar(job, translator)}</p>
      {job.fault !== null && (
        <p class="notice">
          <SaidAt line={null} message={job.fault} translator={translator} />
        </p>
      )}
    </div>
  );
}

function Acts({ frame, job }: JobPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <>
      <FormFrame
        action={`${IMPORT_PATH}/${job.id}`}
        translator={translator}
        buttons={buttonsOf(job).map(([act, label]) => (
          <button
            key={act}
            class={act === 'bring' && job.state === 'looked' ? 'button' : 'button quiet'}
            type="submit"
            name="do"
            value={act}
          >
            {t(act === 'cancel' && !isImportOver(job) && job.origin.kind === 'folder' ? 'form.cancel' : label)}
          </button>
        ))}
      >
        {null}
      </FormFrame>
      {isUnderWay(job) && (
        <p class="aside">
          <a href={`${IMPORT_PATH}/${job.id}`}>{t('import.refresh')}</a>
        </p>
      )}
    </>
  );
}

/** Another look, by other choices. */
function AgainForm({ frame, job, offered, errors, refused }: JobPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="again">
      <h2 id="again">{t('import.again')}</h2>
      <div class="narrow">
        <FormFrame
          action={`${IMPORT_PATH}/${job.id}`}
          translator={translator}
          errors={errors}
          buttons={
            <button class="button" type="submit" name="do" value="look">
              {t('import.look')}
            </button>
          }
        >
          <ChoiceFields
            translator={translator}
            choices={refused?.choices ?? job.choices}
            typed={refused?.sitesTyped}
            errors={errors}
            offered={offered}
          />
        </FormFrame>
      </div>
    </section>
  );
}
