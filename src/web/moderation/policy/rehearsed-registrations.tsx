import type { RehearsedRegistrations, SentRule } from '../../../../libs/client/index.ts';
import type { Frame } from '../../shell/frame.ts';
import { ruleName } from '../decision/queue-words.ts';
import { Figures } from '../figures.tsx';

interface RegistrationsProps {
  readonly registrations: RehearsedRegistrations;
  /** The rehearsed rules. */
  readonly rules: readonly SentRule[];
  readonly frame: Frame;
}

/** The effect of the rehearsed rules on those who registered, and what no rehearsal can know. */
export function RegistrationsPart({ registrations, rules, frame }: RegistrationsProps) {
  const { translator } = frame;
  const { t, number } = translator;
  const { judged, unseen, held, refused, byRule } = registrations;
  return (
    <section aria-labelledby="rehearsed-registrations">
      <h2 id="rehearsed-registrations">{t('rehearse.arrivals')}</h2>
      <Figures
        figures={[
          [t('rehearse.arrivalsJudged'), number(judged)],
          [t('rehearse.arrivalsHeld'), number(held)],
          [t('rehearse.arrivalsRefused'), number(refused)],
          [t('rehearse.arrivalsUnseen'), number(unseen)],
          ...rules.flatMap(({ rule }) => {
            const count = byRule[rule];
            return count === undefined ? [] : [[ruleName(rule, translator), number(count)] as const];
          }),
        ]}
      />
      <p class="hint">{t('rehearse.arrivalsHint')}</p>
    </section>
  );
}
