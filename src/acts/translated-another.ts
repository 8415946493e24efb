import type { SourceTexts } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';

/** The refusal of a translation whose source was changed meanwhile, with the text that was translated and the one that stands. */
export class TranslatedAnother extends DomainError {
  readonly source: SourceTexts;

  constructor(refusal: DomainError, source: SourceTexts) {
    super(refusal.code, refusal.detail, refusal.errors);
    this.source = source;
  }
}
