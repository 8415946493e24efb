import { PROOF_PUZZLES } from '../../../libs/words/index.ts';
import type { Translator } from './i18n/translate.ts';
import { PROOF_FIELD, STAMP_FIELD, TRAP_FIELD } from './unseen-names.ts';

/** The proof of work that a form asks for, and the programs that give it. */
export interface AskedProof {
  readonly bits: number;
  readonly program: string;
  readonly worker: string;
}

interface UnseenProps {
  /** The signed time at which the form was shown. */
  readonly stamp: string;
  /** Null where none is asked for. */
  readonly proof: AskedProof | null;
  readonly translator: Translator;
}

/** What a phone of today hashes in a second, and more on others. */
const HASHES_A_SECOND = 50_000;

/** How long a form's puzzles take, in whole seconds. */
function secondsOf(bits: number): number {
  return Math.max(1, Math.round((PROOF_PUZZLES * 2 ** bits) / HASHES_A_SECOND));
}

/** The program fills in the field and tells how far it is; without it the form can be sent all the same. */
function ProofPart({
  proof: { bits, program, worker },
  stamp,
  translator: { t },
}: UnseenProps & { proof: AskedProof }) {
  return (
    <div
      class="proof"
      data-proof={String(bits)}
      data-stamp={stamp}
      data-late={program}
      data-worker={worker}
      data-done={t('proof.done')}
      data-failed={t('proof.failed')}
    >
      <input type="hidden" name={PROOF_FIELD} />
      <p class="hint" data-said role="status">
        {t('proof.hint', { count: secondsOf(bits) })}
      </p>
      <progress max={1} value={0} aria-label={t('proof.working')} hidden />
    </div>
  );
}

/**
 * The fields of those without an account that people do not fill in: the time of the form, and a field that only programs
 * see. It is out of sight, of the keyboard's way and of screen readers; where no style sheet comes its label tells what to do.
 */
export function UnseenFields(props: UnseenProps) {
  const { stamp, proof, translator } = props;
  return (
    <>
      <input type="hidden" name={STAMP_FIELD} value={stamp} />
      <div class="visually-hidden" aria-hidden="true" inert>
        <label>
          {translator.t('form.leaveEmpty')}
          <input type="text" name={TRAP_FIELD} tabIndex={-1} autocomplete="off" />
        </label>
      </div>
      {proof !== null && <ProofPart {...props} proof={proof} />}
    </>
  );
}
