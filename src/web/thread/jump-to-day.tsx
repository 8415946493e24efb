import { localDay } from '../../../libs/words/index.ts';
import { postHref } from '../shell/addresses.ts';
import type { Frame } from '../shell/frame.ts';
import { zoneLabel } from '../shell/zones.ts';

export interface JumpProps {
  readonly frame: Frame;
  readonly slug: string;
  /** RFC 3339: of the first and the last thing that happened in the thread. */
  readonly first: string;
  readonly last: string;
  /** The typed day from which on there is no comment. */
  readonly noDay: string | null;
}

/** Leads to the first comment of a day or later: a form, so that it works without a program. */
export function JumpToDay({ frame, slug, first, last, noDay }: JumpProps) {
  const { t, timeZone } = frame.translator;
  const dayOf = (time: string): string => localDay(timeZone, Date.parse(time));
  return (
    <details class="jump" open={noDay !== null}>
      <summary>{t('jump.title')}</summary>
      <form method="get" action={postHref({ slug })}>
        <label for="jump-on">{t('jump.day', { zone: zoneLabel(timeZone, frame.now) })}</label>
        <span class="jump-line">
          <input
            id="jump-on"
            type="date"
            name="on"
            required
            min={dayOf(first)}
            max={dayOf(last)}
            value={noDay ?? dayOf(first)}
            autofocus={noDay !== null}
            aria-invalid={noDay === null ? undefined : true}
            aria-describedby={noDay === null ? undefined : 'jump-none'}
          />
          <button class="button quiet" type="submit">
            {t('jump.go')}
          </button>
        </span>
        {noDay !== null && (
          <p class="field-error" id="jump-none" role="alert">
            {t('jump.none')}
          </p>
        )}
      </form>
    </details>
  );
}
