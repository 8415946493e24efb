import { tagHref } from './addresses.ts';
import type { Translator } from './i18n/translate.ts';

/** The tags of a post, each leading to its posts. */
export function PostTags({ tags, translator }: { readonly tags: readonly string[]; readonly translator: Translator }) {
  if (tags.length === 0) return null;
  return (
    <ul class="tags" aria-label={translator.t('post.tags')}>
      <TagItems tags={tags} />
    </ul>
  );
}

/** Tags in a list of any kind. */
export function TagItems({ tags }: { readonly tags: readonly string[] }) {
  return (
    <>
      {tags.map((tag) => (
        <li key={tag}>
          <a rel="tag" href={tagHref(tag)} dir="auto">
            {tag}
          </a>
        </li>
      ))}
    </>
  );
}
