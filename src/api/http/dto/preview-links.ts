import { MOST_PREVIEW_DAYS } from '../../../../libs/words/index.ts';
import { IsWholeNumber, Optional } from '../../input/rules.ts';

export class PreviewLinkBody {
  @Optional()
  @IsWholeNumber(1, MOST_PREVIEW_DAYS)
  declare readonly days?: number;
}
