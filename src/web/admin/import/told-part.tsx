import type { Post } from '../../../../libs/client/index.ts';
import { IMPORT_NAMES, isImportSource } from '../../../../libs/words/index.ts';
import type { ImportLeftOut, ImportTold, ImportWarning } from '../../../acts/importing/import-job.ts';
import { postHref, siteHref } from '../../shell/addresses.ts';
import type { Frame } from '../../shell/frame.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { IMPORT_PATH } from './import-page.tsx';
import { isUnread } from './job-words.ts';
import { comesAnew, leftOutWords, saidWords } from './reason-words.ts';

interface ToldProps {
  readonly frame: Frame;
  readonly id: string;
  readonly told: ImportTold;
  /** The first that came, as they are now. */
  readonly first: readonly FirstPost[];
  /** The origins that the settings name. */
  readonly named: readonly string[];
}

export type FirstPost = Pick<Post, 'title' | 'slug'>;

interface Translated {
  readonly translator: Translator;
}

/** The report of a look, or of what was brought. */
export function ToldPart({ frame, id, told, first, named }: ToldProps) {
  const { translator } = frame;
  const { t } = translator;
  if (isUnread(told)) return told.error === null ? null : <Unread error={told.error} translator={translator} />;
  return (
    <section class="part" aria-labelledby="told">
      <h2 id="told">{t(told.recorded ? 'import.came' : 'import.wouldCome')}</h2>
      {told.error !== null && (
        <p class="notice">
          {t('import.broken')} <SaidAt line={told.error.line} message={told.error.message} translator={translator} />
        </p>
      )}
      <Counts told={told} translator={translator} />
      <Unnamed told={told} named={named} translator={translator} />
      <Alike told={told} translator={translator} />
      {told.recorded && <First first={first} translator={translator} />}
      <LeftOutPart id={id} told={told} translator={translator} />
      <Warnings told={told} translator={translator} />
    </section>
  );
}

/** Why nothing could be read. */
function Unread({ error, translator }: { readonly error: ImportWarning } & Translated) {
  return (
    <p class="notice">
      <SaidAt line={error.line} message={error.message} translator={translator} />
    </p>
  );
}

/** Leads to what came. */
export function First({ first, translator }: Pick<ToldProps, 'first'> & Translated) {
  if (first.length === 0) return null;
  return (
    <>
      <p>{translator.t('import.first')}</p>
      <ul>
        {first.map((post) => (
          <li key={post.slug}>
            <a href={postHref(post)} dir="auto">
              {post.title}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What is not zero of it. */
function Counts({ told, translator }: Pick<ToldProps, 'told'> & Translated) {
  const { t, number } = translator;
  const { posts, comments, images, pingbacks, votes } = told;
  const counts = [
    ['import.count.posts', posts.imported, true],
    ['import.count.updated', posts.updated, false],
    ['import.count.postsHere', posts.unchanged, false],
    ['import.count.comments', comments.imported, true],
    ['import.count.held', comments.held, false],
    ['import.count.placeholders', comments.placeholders, false],
    ['import.count.commentsHere', comments.unchanged, false],
    ['import.count.images', images.stored, false],
    ['import.count.missing', images.missing, false],
    ['import.count.pingbacks', pingbacks, false],
    ['import.count.votes', votes, false],
  ] as const;
  return (
    <>
      <dl class="import-counts">
        {counts
          .filter(([, count, always]) => always || count > 0)
          .map(([key, count]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd class="number">{number(count)}</dd>
            </div>
          ))}
      </dl>
      {told.origins.length > 0 && (
        <p class="hint">
          {t('import.origins')} <Origins told={told} translator={translator} />
        </p>
      )}
    </>
  );
}

/** The sites whose pages come; where they came, each leads to its pages. */
export function Origins({
  told,
  translator,
}: { readonly told: Pick<ImportTold, 'origins' | 'recorded'> } & Translated) {
  return told.origins.map(([origin, pages], at) => (
    <bdi key={origin} dir="ltr">
      {at > 0 && ', '}
      {told.recorded ? <a href={siteHref(origin)}>{origin}</a> : origin} ({translator.number(pages)})
    </bdi>
  ));
}

/** The sites whose pages show no discussion, since the settings do not name them. */
export function Unnamed({
  told,
  named,
  translator,
}: { readonly told: Pick<ImportTold, 'origins'>; readonly named: readonly string[] } & Translated) {
  const { t, number } = translator;
  const sites = told.origins.filter(([origin]) => !named.includes(origin));
  if (sites.length === 0) return null;
  return (
    <div class="notice" id="import-unnamed">
      <p>
        {t('import.unnamed')} <a href="/admin/settings#elsewhere">{t('admin.settings')}</a>
      </p>
      <ul>
        {sites.map(([origin, pages, comments]) => (
          <li key={origin}>
            <bdi dir="ltr">{origin}</bdi> · {t('import.unnamedPages', { pages: number(pages) })}
            {comments !== undefined && ` · ${t('import.comments')}: ${number(comments)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Warns of what would be here twice. */
export function Alike({ told: { alike = [] }, translator: { t } }: Pick<ToldProps, 'told'> & Translated) {
  if (alike.length === 0) return null;
  const count = alike.reduce((sum, [, comments]) => sum + comments, 0);
  const systems = alike.map(([system]) => (isImportSource(system) ? IMPORT_NAMES[system] : system)).join(', ');
  return <p class="notice">{t('import.alike', { count, systems })}</p>;
}

/** What was left out, and of what is done, where it can be brought. */
export function LeftOutPart({
  id,
  told,
  translator,
}: { readonly told: Pick<ImportTold, 'leftOut' | 'recorded'> } & Pick<ToldProps, 'id'> & Translated) {
  const { t } = translator;
  if (told.leftOut.length === 0) return <p>{t('import.nothingLeftOut')}</p>;
  return (
    <>
      <h3>{t('import.leftOut')}</h3>
      {told.leftOut.map((each) => (
        <Reason key={`${each.what} ${each.why}`} leftOut={each} isDone={told.recorded} translator={translator} />
      ))}
      {told.recorded && told.leftOut.some(({ why }) => comesAnew(why)) && (
        <p>
          <a href={IMPORT_PATH}>{t('import.anew')}</a>
        </p>
      )}
      <p>
        <a href={`/admin/import/${id}/left-out`} download>
          {t('import.download')}
        </a>
      </p>
    </>
  );
}

function Reason({
  leftOut: { what, why, count, places },
  isDone,
  translator,
}: { readonly leftOut: ImportLeftOut; readonly isDone: boolean } & Translated) {
  const { t, number } = translator;
  const words = leftOutWords(why, translator, { isDone }) ?? <span lang="en">{why}</span>;
  const head = (
    <>
      {t(`import.what.${what}`)}: {words} · <strong>{number(count)}</strong>
    </>
  );
  if (places.length === 0) return <p class="import-reason">{head}</p>;
  return (
    <details class="import-reason">
      <summary>{head}</summary>
      <ul>
        {places.map(({ line, column, address }, at) => (
          <li key={at}>
            {t('import.line', { line: number(line), column: number(column) })}{' '}
            {address !== undefined && <bdi dir="ltr">{address}</bdi>}
          </li>
        ))}
      </ul>
      {count > places.length && <p class="hint">{t('import.more', { count: count - places.length })}</p>}
    </details>
  );
}

function Warnings({ told: { warnings }, translator }: Pick<ToldProps, 'told'> & Translated) {
  const { t, number } = translator;
  if (warnings.count === 0) return null;
  return (
    <details class="import-reason">
      <summary>
        {t('import.warnings')} · <strong>{number(warnings.count)}</strong>
      </summary>
      <ul>
        {warnings.first.map(({ line, message }, at) => (
          <li key={at}>
            <SaidAt line={line} message={message} translator={translator} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the import says; what no version has words for stays English. */
export function SaidAt({ line, message, translator }: Pick<ImportWarning, 'line' | 'message'> & Translated) {
  const { t, number } = translator;
  return (
    <>
      {line !== null && `${t('import.onLine', { line: number(line) })} `}
      {saidWords(message, translator) ?? <span lang="en">{message}</span>}
    </>
  );
}
