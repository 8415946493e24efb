import type { OwnMember } from '../../libs/client/index.ts';
import { deriveId } from '../../libs/kernel/index.ts';
import type { Locale } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import type { SignInOrigin } from '../access/sign-in/sign-in-guard.ts';
import type { Accounts } from './accounts.ts';
import type { SecondStep, SignedIn } from './session-opening.ts';
import type { SettingUp } from './setting-up.ts';

/** What the first admin says on the page that welcomes it. */
export interface FoundingWish {
  readonly siteName: string;
  readonly locale: Locale;
  readonly displayName: string;
  readonly handle: string;
  readonly email: string;
  readonly password: string;
  readonly founderCode: string;
}

/** Makes the first admin of a forum, and gives the forum its name and language. */
export class FoundingForum {
  readonly #accounts: Accounts;
  readonly #settingUp: SettingUp;

  constructor(accounts: Accounts, settingUp: SettingUp) {
    this.#accounts = accounts;
    this.#settingUp = settingUp;
  }

  /**
   * The code is asked for on this page wherever the reader is. A repeat after a fault ends with the same admin, who shows
   * its password; whoever comes just after another one was first changes nothing of the forum. Throws DomainError:
   * invalid, handle_taken, founder_needed, login_failed, rate_limited, storage_unavailable.
   */
  async found(
    { siteName, locale, ...account }: FoundingWish,
    asking: Asking,
    from: SignInOrigin,
  ): Promise<SignedIn | SecondStep> {
    const beforeMail = async ({ id: memberId, roles }: OwnMember): Promise<void> => {
      if (!roles.includes('admin')) return;
      const step = { ...asking, commandId: deriveId(asking.commandId, 'name the forum') };
      await this.#settingUp.change({ name: siteName, defaultLocale: locale }, { memberId }, step);
    };
    const wish = { ...account, locale };
    return this.#accounts.registerAndEnter(wish, { ...asking, here: false }, from, { beforeMail });
  }
}
