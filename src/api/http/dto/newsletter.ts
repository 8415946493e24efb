import type { IssueWish, SubscriptionWish } from '../../../../libs/client/index.ts';
import { ISSUE_ACTS, type IssueAct, LOCALE_CODES, type Locale, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { IsChoice, IsText, Optional } from '../../input/rules.ts';

export class SubscriptionBody implements SubscriptionWish {
  @IsText(TEXT_LIMITS.email)
  declare readonly email: string;

  @Optional()
  @IsChoice(LOCALE_CODES)
  declare readonly locale?: Locale;
}

export class IssueBody implements IssueWish {
  @IsChoice(ISSUE_ACTS)
  declare readonly do: IssueAct;
}
