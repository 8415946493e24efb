import { MOST_SEARCH_CHARACTERS } from '../../../libs/words/index.ts';
import type { Frame } from '../shell/frame.ts';

/** Leads to the search of posts: a form that works without a script. */
export function FindPosts({ frame }: { frame: Frame }) {
  const { t } = frame.translator;
  return (
    <search>
      <form class="find-posts" method="get" action="/search#found-words">
        <input type="hidden" name="in" value="posts" />
        <label for="find-words">{t('posts.words')}</label>
        <div class="find-line">
          <input id="find-words" type="search" name="q" required maxLength={MOST_SEARCH_CHARACTERS} dir="auto" />
          <button class="button quiet" type="submit">
            {t('posts.find')}
          </button>
        </div>
      </form>
    </search>
  );
}
