import { useEffect, useState } from 'preact/hooks';
import type { Sanction } from '../../../../libs/client/moderation-shapes.ts';
import { stated } from '../../shell/browser/frame-site.ts';
import { exactTime } from '../../shell/i18n/moments.ts';
import { useThread } from '../parts/context.ts';

/** When the suspension ends that a member was told of by a refusal alone; null where nobody tells. */
async function endOfSuspension(): Promise<string | null> {
  const answer = await fetch('/api/v1/members/me/sanctions', { headers: stated() });
  if (!answer.ok) return null;
  const sanctions: readonly Sanction[] = await answer.json();
  return sanctions.find(({ kind, inForce }) => kind === 'suspension' && inForce)?.until ?? null;
}

/** A refusal for a suspension, as a page that is loaded then tells it: with its end, and the way to the reason. */
export function Suspension({ reason }: { readonly reason: string }) {
  const { translator } = useThread();
  const [until, setUntil] = useState<string | null>(null);
  useEffect(() => {
    endOfSuspension().then(setUntil, () => undefined);
  }, []);
  const time = until && exactTime(until, { translator, isLocal: true });
  return (
    <>
      {time ? translator.t('stop.suspension', { time }) : reason}{' '}
      <a href="/settings#sanctions">{translator.t('stop.read')}</a>
    </>
  );
}
