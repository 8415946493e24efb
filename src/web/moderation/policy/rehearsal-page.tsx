import type { Rehearsal, SentRule } from '../../../../libs/client/index.ts';
import { escapedHtml } from '../../../../libs/kernel/index.ts';
import { FormFrame } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { percent } from '../../shell/i18n/percent.ts';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { ruleName } from '../decision/queue-words.ts';
import { Figures } from '../figures.tsx';
import { withMarks } from '../marked.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { goneKey } from '../said.tsx';
import { hiddenFields } from './fields.ts';
import { PolicyNote } from './policy-note.tsx';
import { RegistrationsPart } from './rehearsed-registrations.tsx';

type Example = Rehearsal['examples'][number];

/** The page around its streamed part: lines of progress, of which the last is seen, and then the result. */
export function RehearsalPage({ frame, part }: { frame: Frame; part: string }) {
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('rehearse.title')}>
      <h1>{t('rehearse.title')}</h1>
      <div class="plain">
        <p class="lead">{t('rehearse.text')}</p>
        <div class="rehearsal">{part}</div>
      </div>
    </ModerationPage>
  );
}

/** `share` is the part of the log from 0 to 1. */
export function RehearsalBar({ count, share, frame }: { count: number; share: number; frame: Frame }) {
  const { t } = frame.translator;
  const said = t('rehearse.progress', { count, share: percent(Math.floor(share * 100), frame.translator) });
  return (
    <p class="progress-line">
      <progress max={1} value={share} aria-label={t('rehearse.title')} /> {said}
    </p>
  );
}

export function RehearsalFailed({ frame }: { frame: Frame }) {
  return (
    <p class="form-error" role="alert">
      {frame.translator.t('rehearse.failed')}
    </p>
  );
}

interface ResultProps {
  readonly frame: Frame;
  readonly result: Rehearsal;
  /** The rehearsed rules. */
  readonly rules: readonly SentRule[];
}

function Summary({ result, frame }: ResultProps) {
  const { t, number } = frame.translator;
  const shareOf = (share: number | null) =>
    share === null ? t('rehearse.unknown') : percent(Math.round(share * 100), frame.translator);
  const { ruledOn, precision, recall } = result.agreement;
  return (
    <>
      <Figures
        figures={[
          [t('rehearse.texts'), number(result.comments)],
          [t('rehearse.changed'), number(result.changed)],
          [t('rehearse.ruledOn'), number(ruledOn)],
          [t('rehearse.precision'), shareOf(precision)],
          [t('rehearse.recall'), shareOf(recall)],
        ]}
      />
      <p class="hint">{t('rehearse.imported')}</p>
      <p class="hint">{t('rehearse.agreement')}</p>
    </>
  );
}

function ExampleRow({ example, rule, frame }: { example: Example; rule: string | null; frame: Frame }) {
  const { t } = frame.translator;
  const { commentId, at, excerpt, language, was, wouldBe, ruled, findings } = example;
  const matched = findings.find((finding) => finding.rule === rule)?.matched ?? null;
  const html = withMarks(escapedHtml(excerpt ?? ''), matched === null ? [] : [matched]);
  const isInText = html.includes('<mark');
  return (
    <tr {...TABLE_ROLES.row}>
      <td {...TABLE_ROLES.cell}>
        <a href={`/moderation/cases/${commentId}`}>
          <TimeAgo at={at} translator={frame.translator} now={frame.now} />
        </a>
        {excerpt === null ? (
          <p class="hint">{t(goneKey(example))}</p>
        ) : (
          <p
            class="said"
            dir="auto"
            lang={language ?? languageOf(excerpt)}
            dangerouslySetInnerHTML={{ __html: html }}
          />
        )}
        {matched !== null && !isInText && <mark dir="auto">{matched}</mark>}
      </td>
      <td {...TABLE_ROLES.cell} data-label={t('rehearse.was')}>
        {t(`measures.${was}`)}
      </td>
      <td {...TABLE_ROLES.cell} data-label={t('rehearse.wouldBe')}>
        {t(`measures.${wouldBe}`)}
      </td>
      <td {...TABLE_ROLES.cell} data-label={t('rehearse.moderators')}>
        {ruled === null ? t('rehearse.notRuled') : t(`rehearse.${ruled}`)}
      </td>
    </tr>
  );
}

interface GroupProps {
  readonly title: string;
  readonly said: string | null;
  readonly rule: string | null;
  readonly examples: readonly Example[];
  /** The comments treated otherwise, with those that are not listed. */
  readonly changed: number;
  readonly frame: Frame;
}

/** The comments that one rule would have treated otherwise, or that no rule catches any more. */
function Group({ title, said, rule, examples, changed, frame }: GroupProps) {
  const { t } = frame.translator;
  const heads = [t('rehearse.comment'), t('rehearse.was'), t('rehearse.wouldBe'), t('rehearse.moderators')];
  const id = `rule-${rule ?? 'none'}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {said && <p class="hint">{said}</p>}
      {examples.length > 0 && (
        <table {...TABLE_ROLES.table} class="dense log">
          <TableHead names={heads} />
          <tbody {...TABLE_ROLES.rows}>
            {examples.map((example) => (
              <ExampleRow key={`${example.commentId} ${example.at}`} example={example} rule={rule} frame={frame} />
            ))}
          </tbody>
        </table>
      )}
      {changed > examples.length && <p class="hint">{t('rehearse.more', { count: changed - examples.length })}</p>}
    </section>
  );
}

/**
 * The result of a rehearsal: figures, the comments treated otherwise by rule, and the way to put the rules in force.
 */
export function RehearsalResult(props: ResultProps & { readonly version: number; readonly note: string }) {
  const { frame, result, rules, version, note } = props;
  const { translator } = frame;
  const { t } = translator;
  const { examples, byRule, released } = result;
  const buttons = (
    <>
      <button class="button" type="submit">
        {t('policy.force')}
      </button>
      <button class="button quiet" type="submit" name="move" value="again">
        {t('rehearse.again')}
      </button>
    </>
  );
  return (
    <div class="rehearsed">
      <Summary {...props} />
      {result.changed === 0 && <p class="notice">{t('rehearse.nothing')}</p>}
      {rules.flatMap(({ rule }) => {
        const counts = byRule[rule];
        if (!counts) return [];
        const own = examples.filter(({ findings }) => findings.some((finding) => finding.rule === rule));
        const said = t('rehearse.caught', { count: counts.caught, fresh: counts.newlyCaught });
        const shown = { title: ruleName(rule, translator), said, rule, examples: own, changed: counts.changed };
        return [<Group key={rule} {...shown} frame={frame} />];
      })}
      {released > 0 && (
        <Group
          title={t('rehearse.released')}
          said={null}
          rule={null}
          examples={examples.filter(({ findings }) => findings.length === 0)}
          changed={released}
          frame={frame}
        />
      )}
      {result.registrations && <RegistrationsPart registrations={result.registrations} rules={rules} frame={frame} />}
      <FormFrame
        action="/moderation/policy"
        translator={translator}
        hidden={{ ...hiddenFields(rules), version: String(version) }}
        buttons={buttons}
      >
        <PolicyNote translator={translator} value={note} errors={{}} />
      </FormFrame>
    </div>
  );
}
