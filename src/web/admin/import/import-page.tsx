import type { ImportChoices, ImportJob } from '../../../acts/importing/import-job.ts';
import type { ImportElsewhere } from '../../../acts/importing/import-runner.ts';
import type { OfferedFile } from '../../../acts/importing/imports-folder.ts';
import { type FieldErrors, SelectField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { useMarked } from '../../shell/refusable-fields.tsx';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { toldSize } from '../../shell/told-size.ts';
import { ExactTime } from '../../shell/told-time.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { ChoiceFields } from './choice-fields.tsx';
import { stateOf, systemOf } from './job-words.ts';

export const IMPORT_PATH = '/admin/import';

export interface ImportPageProps extends BeginProps {
  readonly frame: Frame;
  readonly jobs: readonly ImportJob[];
  /** What another node of the forum imports now. */
  readonly elsewhere: ImportElsewhere | null;
}

interface BeginProps {
  readonly frame: Pick<Frame, 'translator'>;
  readonly offered: readonly OfferedFile[];
  /** The import that is under way here: no other begins until it is over. */
  readonly underWay: ImportJob | null;
  /** So many imports wait that no other can be sent or chosen. */
  readonly isFull: boolean;
  /** The folder on the server whose files are offered. */
  readonly folder: string;
  readonly mostMiB: number;
  readonly choices: ImportChoices;
  /** The sites as they were typed, where they were refused. */
  readonly typed?: string | undefined;
  readonly chosen: string;
  readonly errors: FieldErrors;
}

/** Begins an import with a look at what would come, and lists those that there were. */
export function ImportPage(props: ImportPageProps) {
  const { frame, jobs, elsewhere } = props;
  const { translator } = frame;
  const { t, number } = translator;
  return (
    <AdminPage frame={frame} title={t('admin.import')} scripts={elsewhere === null ? [] : ['underway.js']}>
      <h1>{t('admin.import')}</h1>
      <p class="lead">{t('import.intro')}</p>
      <div id="import-elsewhere" role="status" data-renewed="" data-underway={elsewhere === null ? undefined : ''}>
        {elsewhere !== null && (
          <p class="notice">
            {t('import.elsewhere')} <ExactTime at={elsewhere.since} translator={translator} />
            {elsewhere.comments > 0 && ` · ${t('import.comments')}: ${number(elsewhere.comments)}`}
          </p>
        )}
      </div>
      <p class="hint">
        {t('import.export')} <code dir="ltr">colloquy export site|csv|wxr|ndjson …</code>
      </p>
      <BeginPart {...props} />
      {jobs.length > 0 && (
        <section class="part" aria-labelledby="imports">
          <h2 id="imports">{t('import.list')}</h2>
          <JobTable frame={frame} jobs={jobs} />
        </section>
      )}
    </AdminPage>
  );
}

/** The form, unless another import is under way: a file would come in only to be refused. */
export function BeginPart(props: BeginProps) {
  const { frame, underWay, isFull } = props;
  const { translator } = frame;
  if (underWay !== null) return <Busy job={underWay} translator={translator} />;
  if (!isFull) return <BeginForm {...props} />;
  return (
    <p class="notice" id="import-full">
      {translator.t('import.full')}
    </p>
  );
}

function Busy({ job, translator }: { readonly job: ImportJob; readonly translator: Translator }) {
  return (
    <p class="notice" id="import-busy" role="status">
      {translator.t('import.busyNow')}{' '}
      <a href={`${IMPORT_PATH}/${job.id}`} dir="auto">
        {job.name}
      </a>{' '}
      <ExactTime at={job.at} translator={translator} />
    </p>
  );
}

function BeginForm({ frame, offered, folder, mostMiB, choices, typed, chosen, errors }: BeginProps) {
  const { translator } = frame;
  const { t } = translator;
  const files = offered.filter(({ kind }) => kind === 'file');
  return (
    <div class="narrow">
      <FormFrame
        action={IMPORT_PATH}
        translator={translator}
        errors={errors}
        files
        once
        buttons={<Submit label={t('import.look')} />}
      >
        <FileToSend frame={frame} mostMiB={mostMiB} errors={errors} />
        {files.length > 0 ? (
          <SelectField name="chosen" label={t('import.chosen')} hint={t('import.folder', { folder })} errors={errors}>
            <option value="">{t('import.noneChosen')}</option>
            {files.map(({ path, bytes }) => (
              <option key={path} value={path} selected={path === chosen}>
                {`${path} (${toldSize(bytes, translator)})`}
              </option>
            ))}
          </SelectField>
        ) : (
          <p class="hint">{t('import.folder', { folder })}</p>
        )}
        <ChoiceFields translator={translator} choices={choices} typed={typed} errors={errors} offered={offered} />
      </FormFrame>
    </div>
  );
}

/** It comes last: what is chosen besides it is then known before it comes in. */
function FileToSend({ frame, mostMiB, errors }: Pick<BeginProps, 'frame' | 'mostMiB' | 'errors'>) {
  const { t, number } = frame.translator;
  const label = t('import.file');
  useMarked({ id: 'file', label, wrong: errors['file'] });
  const isWrong = errors['file'] !== undefined;
  return (
    <div class="field">
      <label for="file">{label}</label>
      {isWrong && (
        <p class="field-error" id="file-error">
          {errors['file']}
        </p>
      )}
      <input
        type="file"
        id="file"
        name="file"
        autofocus={isWrong || undefined}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'file-error file-hint' : 'file-hint'}
      />
      <p class="hint" id="file-hint">
        {t('import.fileHint', { most: number(mostMiB) })}
      </p>
    </div>
  );
}

function JobTable({ frame, jobs }: Pick<ImportPageProps, 'frame' | 'jobs'>) {
  const { translator } = frame;
  const { t, number } = translator;
  return (
    <table {...TABLE_ROLES.table} class="dense log server-table">
      <TableHead
        names={[t('import.name'), t('import.source'), t('import.state'), t('import.comments'), t('import.at')]}
      />
      <tbody {...TABLE_ROLES.rows}>
        {jobs.map((job) => (
          <tr key={job.id} {...TABLE_ROLES.row}>
            <th scope="row" {...TABLE_ROLES.rowHead}>
              <a href={`${IMPORT_PATH}/${job.id}`} dir="auto">
                {job.name}
              </a>
            </th>
            <td {...TABLE_ROLES.cell} data-label={t('import.source')}>
              {systemOf(job, translator)}
            </td>
            <td {...TABLE_ROLES.cell} data-label={t('import.state')}>
              {stateOf(job, translator)}
            </td>
            <td {...TABLE_ROLES.cell} data-label={t('import.comments')} class="number">
              {number(job.told?.comments.imported ?? job.progress?.comments ?? 0)}
            </td>
            <td {...TABLE_ROLES.cell} data-label={t('import.at')}>
              <ExactTime at={job.at} translator={translator} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
