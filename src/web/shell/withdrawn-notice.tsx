import { bringBackPath } from './addresses.ts';
import type { Frame } from './frame.ts';

/** Above a withdrawn post, which editors alone are shown. */
export function WithdrawnNotice({ post, frame }: { post: { readonly slug: string }; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <p class="notice waiting">
      {t('withdraw.stands')} <a href={bringBackPath(post)}>{t('back.link')}</a>
    </p>
  );
}
