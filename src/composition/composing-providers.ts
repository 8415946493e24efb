import type { FactoryProvider } from '@nestjs/common';
import { renderComment, renderPostAside } from '../../libs/markdown/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { Previewing } from '../acts/previewing.ts';

/** The providers for what helps people to write. */
export const composingProviders: FactoryProvider[] = [
  {
    provide: Previewing,
    inject: [RateLimits],
    useFactory: (limits: RateLimits) => new Previewing({ limits, htmlOf: renderComment, postHtmlOf: renderPostAside }),
  },
];
