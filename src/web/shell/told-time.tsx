import { exactTime } from './i18n/moments.ts';
import type { Parameters, Translator } from './i18n/translate.ts';

/** A moment to the second; the program of every page tells it in the reader's zone. */
export function ExactTime({ at, translator }: { at: string; translator: Translator }) {
  return (
    <time dateTime={at} data-exact="">
      {exactTime(at, { translator, isLocal: false })}
    </time>
  );
}

const MARK = '\u0000';

/** A sentence with moments, each at the place that the language gives it. */
export function Sentence({
  tell,
  times,
  translator,
}: {
  tell: (times: Parameters) => string;
  times: Readonly<Record<string, string>>;
  translator: Translator;
}) {
  const names = Object.keys(times);
  const marked: Parameters = Object.fromEntries(names.map((name) => [name, `${MARK}${name}${MARK}`]));
  return (
    <>
      {tell(marked)
        .split(MARK)
        .map((part) => {
          const at = times[part];
          return at === undefined ? part : <ExactTime key={part} at={at} translator={translator} />;
        })}
    </>
  );
}
