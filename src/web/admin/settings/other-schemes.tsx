import type { Site } from '../../../../libs/client/index.ts';
import type { DiscussedSite } from '../../../views/post-list/post-list.query-types.ts';
import { FormFrame } from '../../shell/form-frame.tsx';
import type { Translator } from '../../shell/i18n/translate.ts';
import { addressLines } from './addresses.ts';

/** A site that is named with https, whose pages stand here under http, as an old export has them. */
export interface OtherScheme {
  readonly from: string;
  readonly to: string;
  readonly pages: number;
}

/** One that is named with http too is another site. */
export function otherSchemes(
  { embedOrigins = [] }: Pick<Site, 'embedOrigins'>,
  sites: readonly DiscussedSite[],
): readonly OtherScheme[] {
  return sites.flatMap(({ site, pages }) => {
    const to = site.replace(/^http:/u, 'https:');
    const isOffered = to !== site && embedOrigins.includes(to) && !embedOrigins.includes(site);
    return isOffered ? [{ from: site, to, pages }] : [];
  });
}

interface OtherSchemesProps {
  readonly site: Site;
  readonly found: readonly OtherScheme[];
  readonly translator: Translator;
}

/** Offers to lead such pages to https; where discussions would meet, the answer shows them first. */
export function OtherSchemes({ site, found, translator }: OtherSchemesProps) {
  const { t } = translator;
  if (found.length === 0) return null;
  const { pageAliases = '' } = addressLines(site);
  const lines = [pageAliases, ...found.map(({ from, to }) => `${from}/ ${to}/`)];
  return (
    <div class="notice" id="other-schemes">
      {found.map(({ from, to, pages }) => (
        <p key={from}>{t('site.otherScheme', { count: pages, from, to })}</p>
      ))}
      <FormFrame
        action="/admin/settings#moves"
        translator={translator}
        errors={{}}
        hidden={{ part: 'addresses', pageAliases: lines.filter(Boolean).join('\n') }}
        buttons={
          <button class="button" type="submit" name="do" value="save">
            {t('site.leadToHttps')}
          </button>
        }
      >
        {null}
      </FormFrame>
    </div>
  );
}
