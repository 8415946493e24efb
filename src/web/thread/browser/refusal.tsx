import { isSignedOut } from '../../../../libs/client/problem.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { threadHref, useThread } from '../parts/context.ts';
import { Suspension } from './suspension.tsx';

/** Why something was not taken, in the reader's language. */
export interface Refusal {
  readonly reason: string;
  /** True when there was no session any more: the same is accepted once its sender has signed in. */
  readonly isSignedOut: boolean;
  /** Nothing is wrong: it is sent by itself once there is a connection. */
  readonly isWaiting?: true;
  readonly isSuspended?: true;
}

export function refusalInWords(problem: Parameters<typeof reasonOf>[0], translator: Translator): Refusal {
  const told = { reason: reasonOf(problem, translator), isSignedOut: isSignedOut(problem.code) };
  return problem.code === 'suspended' ? { ...told, isSuspended: true } : told;
}

/** Stands above the refused form. Signing in opens another tab, so that the typed text stays here. */
export function RefusalNotice({ refusal }: { refusal: Refusal | null }) {
  const { page, translator } = useThread();
  if (refusal === null) return null;
  if (refusal.isWaiting)
    return (
      <p class="delivery" role="status">
        {refusal.reason}
      </p>
    );
  return (
    <p class="field-error" role="alert">
      {refusal.isSuspended ? <Suspension reason={refusal.reason} /> : refusal.reason}
      {refusal.isSignedOut && (
        <>
          {' '}
          <a href={signInPath(threadHref(page))} target="_blank" rel="noopener">
            {translator.t('form.signIn')}
          </a>
        </>
      )}
    </p>
  );
}

/** The sign-in, which then leads back to that place. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
