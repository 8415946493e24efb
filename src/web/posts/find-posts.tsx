import type { Frame } from '../shell/frame.ts';

/** Posts by words of their title or text: a form that works without a script. */
export function FindPosts({ frame, words }: { frame: Frame; words: string }) {
  const { t } = frame.translator;
  return (
    <search>
      <form class="find-posts" method="get" action="/">
        <label for="find-words">{t('posts.words')}</label>
        <div class="find-line">
          <input id="find-words" type="search" name="q" value={words} required maxLength={200} dir="auto" />
          <button class="button quiet" type="submit">
            {t('posts.find')}
          </button>
        </div>
      </form>
    </search>
  );
}
