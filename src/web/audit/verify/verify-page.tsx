import type { ComparedCheckpoint } from '../../../acts/proving/comparing.ts';
import type { Frame } from '../../shell/frame.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { AuditPage } from '../audit-page.tsx';
import { CheckFields } from '../check-fields.tsx';
import { logTime } from '../event-table.tsx';
import { FactLine } from '../fact.tsx';
import { VERIFY_STEPS } from './page-data.ts';
import { verdictAt } from './verdict.ts';
import { filled, verifyWords } from './words.ts';

interface VerifyPageProps {
  readonly frame: Frame;
  /** The newest checkpoint, as signed, and its contents. */
  readonly checkpoint: string;
  readonly size: number;
  readonly root: string;
  readonly logKey: string;
  /** Checkpoints at which the key was changed. */
  readonly changes: readonly string[];
  /** Signed at intervals, newest first. */
  readonly kept: readonly { readonly at: string; readonly size: number; readonly root: string }[];
  /** The text that the reader sent without a script, and the forum's result. */
  readonly typed: string;
  readonly compared: ComparedCheckpoint | null;
  /** The forum's address, for commands. */
  readonly origin: string;
  /** Of the verifier's one file, hex. */
  readonly verifierSha256: string;
}

/** The forum's own result, for readers without a script. */
function Found({ frame, compared, size }: Pick<VerifyPageProps, 'frame' | 'compared' | 'size'>) {
  if (compared === null) return null;
  const words = verifyWords(frame.translator);
  const { failedAt, size: kept } = compared;
  const until = failedAt === null ? VERIFY_STEPS.length : VERIFY_STEPS.indexOf(failedAt) + 1;
  return (
    <>
      <p class="verdict">{words.verdicts[verdictAt(failedAt)]}</p>
      {VERIFY_STEPS.slice(0, until).map((step) => {
        const outcome = step === failedAt ? 'failed' : 'passed';
        return (
          <p key={step} data-outcome={outcome}>
            {filled(words.steps[step][outcome], { kept, size })}
          </p>
        );
      })}
      {failedAt !== null && <p data-outcome="skipped">{words.skipped}</p>}
      <p class="hint">{frame.translator.t('verify.byForum')}</p>
    </>
  );
}

function Compare(props: VerifyPageProps) {
  const { frame, typed, compared, logKey } = props;
  const { t } = frame.translator;
  const verdict = compared === null ? '' : verdictAt(compared.failedAt);
  return (
    <section class="receipt" id="verify-check" aria-labelledby="verify-compare">
      <h2 id="verify-compare">{t('verify.compare')}</h2>
      <p>{t('verify.compareLead')}</p>
      <div class="check-result" id="verify-verdict" data-result={verdict} role="status" tabIndex={-1}>
        <Found {...props} />
      </div>
      <PostForm class="form" action="/audit/verify#verify-verdict">
        <div class="field">
          <label for="verify-kept">{t('verify.kept')}</label>
          <textarea
            id="verify-kept"
            name="kept"
            class="code"
            rows={6}
            spellcheck={false}
            autocomplete="off"
            dir="ltr"
            required
          >
            {typed}
          </textarea>
        </div>
        <CheckFields
          id="verify"
          accept=".checkpoint,.txt,text/plain"
          logKey={logKey}
          translator={frame.translator}
          byScript
        />
        <div class="form-foot">
          <button class="button" type="submit">
            {t('receipt.checkNow')}
          </button>
        </div>
      </PostForm>
    </section>
  );
}

function Kept({ frame, kept }: Pick<VerifyPageProps, 'frame' | 'kept'>) {
  const { t, number } = frame.translator;
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby="verify-signed">
      <h2 id="verify-signed">{t('verify.signed')}</h2>
      <table {...TABLE_ROLES.table} class="dense log">
        <TableHead names={[t('audit.recorded'), t('verify.events'), t('verify.root')]} />
        <tbody {...TABLE_ROLES.rows}>
          {kept.map(({ at, size, root }) => (
            <tr {...TABLE_ROLES.row} key={at}>
              <td {...TABLE_ROLES.cell}>{logTime(at)}</td>
              <td {...TABLE_ROLES.cell} class="number" data-label={t('verify.events')}>
                {number(size)}
              </td>
              <td {...TABLE_ROLES.cell}>
                <code>{root}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Newest({ frame, checkpoint, size, root, logKey }: VerifyPageProps) {
  const { t, number } = frame.translator;
  return (
    <>
      <p>{t('verify.lead')}</p>
      <dl class="facts">
        <FactLine name={t('verify.events')}>{number(size)}</FactLine>
        <FactLine name={t('verify.root')}>
          <code>{root}</code>
        </FactLine>
        <FactLine name={t('receipt.logKey')}>
          <code>{logKey}</code>
        </FactLine>
      </dl>
      <pre class="commands" dir="ltr">
        <code>{checkpoint}</code>
      </pre>
      <p class="buttons">
        <a class="button" href="/api/v1/audit/checkpoint" download="log.checkpoint">
          {t('verify.download')}
        </a>
        <a class="button" href="/api/v1/audit/key" download="key.txt">
          {t('verify.downloadKey')}
        </a>
      </p>
      <p class="hint">{t('verify.keepIt')}</p>
    </>
  );
}

/** The checkpoints that the forum signed, whether the log still agrees with them, and how to check all of it. */
export function VerifyPage(props: VerifyPageProps) {
  const { frame, origin, verifierSha256 } = props;
  const { t } = frame.translator;
  const commands = [
    `curl -f -o key.txt '${origin}/api/v1/audit/key'`,
    `curl -f -o log.checkpoint '${origin}/api/v1/audit/checkpoint'`,
    `TOKEN=$(curl -fsS -H 'Content-Type: application/json' -d '{"login": "…", "password": "…"}' '${origin}/api/v1/sessions' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    `curl -f -H "Authorization: Bearer $TOKEN" -H 'Accept: application/x-ndjson' -o events.ndjson '${origin}/api/v1/audit/events'`,
    `curl -f -o colloquy-verify.mjs '${origin}/audit/verifier.mjs'`,
    'node colloquy-verify.mjs events.ndjson --key key.txt --checkpoint log.checkpoint',
  ];
  return (
    <AuditPage
      frame={frame}
      title={t('audit.verify')}
      scripts={['verify.js']}
      data={{ changes: props.changes, ...verifyWords(frame.translator) }}
    >
      <h1>{t('audit.verify')}</h1>
      <div class="reading">
        <Newest {...props} />
        <Compare {...props} />
        <section aria-labelledby="verify-whole">
          <h2 id="verify-whole">{t('verify.whole')}</h2>
          <p>{t('verify.wholeLead')}</p>
          <pre class="commands" dir="ltr">
            <code>{commands.join('\n')}</code>
          </pre>
          <p>
            <a class="button" href="/audit/verifier.mjs" download="colloquy-verify.mjs">
              {t('verify.downloadVerifier')}
            </a>
          </p>
          <p class="hint">
            SHA-256: <code>{verifierSha256}</code>
          </p>
        </section>
      </div>
      <Kept {...props} />
    </AuditPage>
  );
}
