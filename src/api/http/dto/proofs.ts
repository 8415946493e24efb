import { POSITION_PATTERN, REVISION_PATTERN } from '../../../../libs/words/index.ts';
import { IsForm, Optional } from '../../input/rules.ts';

const SIZE = /^(0|[1-9]\d{0,14})$/;

export class InclusionQuery {
  @IsForm(POSITION_PATTERN, 'a position, such as 12')
  declare readonly position: string;
}

/** Sizes of two trees, in events. */
export class ConsistencyQuery {
  @IsForm(SIZE, 'a number of events, such as 12')
  declare readonly from: string;

  @IsForm(SIZE, 'a number of events, such as 34')
  declare readonly to: string;
}

export class ReceiptQuery {
  @Optional()
  @IsForm(REVISION_PATTERN, 'a revision, such as 0')
  declare readonly revision?: string;
}
