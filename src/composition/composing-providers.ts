import type { FactoryProvider } from '@nestjs/common';
import { renderCommentAside, renderPostAside } from '../../libs/markdown/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { Previewing } from '../acts/previewing.ts';
import { TakingPart } from '../commands/taking-part.ts';

/** The providers for what helps people to write. */
export const composingProviders: FactoryProvider[] = [
  {
    provide: Previewing,
    inject: [RateLimits, TakingPart],
    useFactory: (limits: RateLimits, takingPart: TakingPart) =>
      new Previewing({ limits, takingPart, htmlOf: renderCommentAside, postHtmlOf: renderPostAside }),
  },
];
