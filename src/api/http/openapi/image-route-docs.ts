import { TEXT_LIMITS } from '../../../../libs/words/index.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ImageRoute = Extract<ProgramRoute, `${string}/images${string}`>;

/** The purpose, input and answers of the routes about images that members bring. */
export const IMAGE_ROUTE_DOCS: DocsOf<ImageRoute> = {
  'POST /api/v1/images': {
    tag: 'members',
    summary:
      'Bring an image for a comment or a post: made anew in three widths, without what a camera wrote into it; a text shows it by its address',
    form: {
      required: ['file'],
      properties: {
        file: {
          type: 'string',
          format: 'binary',
          description: 'JPEG, PNG, GIF, WebP or AVIF, known by its bytes; 10 MiB and 64 million pixels at most',
        },
        alt: { type: 'string', maxLength: TEXT_LIMITS.imageAlt.max, description: 'What it shows, in words' },
      },
    },
    status: 201,
    refusals: ['too_large', 'unsupported_media_type', 'conflict'],
  },
  'DELETE /api/v1/images/:id': {
    tag: 'members',
    summary: 'Delete an own image for good, wherever a text shows it',
    status: 204,
    forms: [],
    refusals: ['not_found'],
  },
};
