import { date, exactTime } from './i18n/moments.ts';
import type { Parameters, Translator } from './i18n/translate.ts';

interface ExactTimeProps {
  readonly at: string;
  readonly translator: Translator;
  /** Whether the day is enough, with the time on hover. */
  readonly isDay?: boolean;
}

/** A moment to the second; the program of every page tells it in the reader's zone. */
export function ExactTime({ at, translator, isDay = false }: ExactTimeProps) {
  const clock = { translator, isLocal: false };
  const exact = exactTime(at, clock);
  return (
    <time dateTime={at} data-exact={isDay ? 'day' : ''} title={isDay ? exact : undefined}>
      {isDay ? date(at, clock) : exact}
    </time>
  );
}

const MARK = '\u0000';

/** A sentence with moments, each at the place that the language gives it. */
export function Sentence({
  tell,
  times,
  translator,
  areDays = false,
}: {
  tell: (times: Parameters) => string;
  times: Readonly<Record<string, string>>;
  translator: Translator;
  areDays?: boolean;
}) {
  const names = Object.keys(times);
  const marked: Parameters = Object.fromEntries(names.map((name) => [name, `${MARK}${name}${MARK}`]));
  return (
    <>
      {tell(marked)
        .split(MARK)
        .map((part) => {
          const at = times[part];
          return at === undefined ? part : <ExactTime key={part} at={at} translator={translator} isDay={areDays} />;
        })}
    </>
  );
}
