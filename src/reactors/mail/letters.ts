import type { LetterKind } from '../../views/mails/mails.query-types.ts';
import type { LetterMaker } from './letter.ts';
import { confirmedLetter } from './letters/confirmed-letter.tsx';
import { erasureLetter } from './letters/erasure-letter.tsx';
import { guestLetter } from './letters/guest-letter.tsx';
import { invitationLetter } from './letters/invitation-letter.tsx';
import { linkLetter } from './letters/link-letter.tsx';
import { mailedReplyLetter } from './letters/mailed-reply-letter.tsx';
import { membershipLetter } from './letters/membership-letter.tsx';
import { newsletterLetter } from './letters/newsletter-letter.tsx';
import { rolesLetter } from './letters/roles-letter.tsx';
import { subscriptionLetter } from './letters/subscription-letter.tsx';
import { testLetter } from './letters/test-letter.tsx';
import { toldLetter } from './letters/told-letter.tsx';
import { recoveryCodesLetter, recoveryUsedLetter, wayInLetter } from './letters/way-in-letter.tsx';

/** Every kind of letter; what causes each stands in `src/views/mails/letter-causes.ts`. */
export const LETTERS: { readonly [Kind in LetterKind]: LetterMaker<Kind> } = {
  link: linkLetter,
  'way-in': wayInLetter,
  'recovery-codes': recoveryCodesLetter,
  'recovery-used': recoveryUsedLetter,
  confirmed: confirmedLetter,
  membership: membershipLetter,
  roles: rolesLetter,
  invitation: invitationLetter,
  guest: guestLetter,
  subscription: subscriptionLetter,
  newsletter: newsletterLetter,
  erasure: erasureLetter,
  told: toldLetter,
  'mailed-reply': mailedReplyLetter,
  test: testLetter,
};
