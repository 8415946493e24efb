import { deriveId } from '../../libs/kernel/index.ts';
import type { Locale } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import type { Accounts } from './accounts.ts';
import type { SignedIn } from './session-opening.ts';
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
   * The code is asked for on this page wherever the reader is. A repeat after a fault ends with the same admin. Throws
   * DomainError: invalid, handle_taken, founder_needed, rate_limited, storage_unavailable.
   */
  async found({ siteName, locale, ...account }: FoundingWish, asking: Asking): Promise<SignedIn> {
    const { member } = await this.#accounts.register({ ...account, locale }, { ...asking, here: false });
    const step = { ...asking, commandId: deriveId(asking.commandId, 'name the forum') };
    await this.#settingUp.change({ name: siteName, defaultLocale: locale }, { memberId: member.id }, step);
    return this.#accounts.signInAs(member.id, 'registration', { device: deviceOf(asking.userAgent) });
  }
}
