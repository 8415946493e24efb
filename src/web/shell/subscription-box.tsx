import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { NEWSLETTER_PATH } from './addresses.ts';
import type { Frame } from './frame.ts';
import { PostForm } from './post-form.tsx';

/**
 * Asks for the newsletter on a page about something else; nothing where the forum has none. It is nobody's form: what it asks for
 * belongs to an address. The answer is a page of its own, which a frame opens beside itself as it does with all links.
 */
export function SubscriptionBox({
  frame: { site, translator },
}: {
  readonly frame: Pick<Frame, 'site' | 'translator'>;
}) {
  const { t, locale } = translator;
  if (!site.newsletter) return null;
  return (
    <PostForm class="subscription-box" action={NEWSLETTER_PATH} as={null}>
      <input type="hidden" name="locale" value={locale} />
      <label for="subscriber">{t('newsletter.box')}</label>
      <input
        id="subscriber"
        name="email"
        type="email"
        required
        maxLength={TEXT_LIMITS.email.max}
        autocomplete="email"
        dir="ltr"
      />
      <button class="button quiet" type="submit">
        {t('newsletter.submit')}
      </button>
    </PostForm>
  );
}
