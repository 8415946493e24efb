import { Command } from '../../../libs/kernel/index.ts';
import type { SitePage } from '../../../libs/words/index.ts';
import type { SiteChange } from './site.settings.ts';

/** What is left out stays as it is; the text null removes a page. */
export class ChangeSite extends Command<
  SiteChange & { readonly pages?: { readonly [Page in SitePage]?: string | null } }
> {
  readonly type = 'ChangeSite';
}
